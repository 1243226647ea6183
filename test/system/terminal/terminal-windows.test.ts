import { expect, test } from "bun:test";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

// What it does on a console is tested on a pseudo terminal, beside the prompt of the other platforms.
test("promptOnConsole() does not ask where stdin is no console", async () => {
  const folder = await mkdtemp(join(tmpdir(), "aws-login-console-"));
  try {
    const outcome = join(folder, "outcome");
    const program = join(import.meta.dir, "prompt-program.ts");
    const child = Bun.spawn([process.execPath, program, outcome, "win32"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    expect(await child.exited).toBe(0);
    expect(await readFile(outcome, "utf8")).toBe("no terminal");
    expect(await new Response(child.stderr).text()).toBe("");
  } finally {
    await rm(folder, { recursive: true });
  }
});
