import { expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * The copy's executable is this process's own, to which a test's copy gives a program by its word: the runtime runs the
 * file of that name.
 */
async function play(argv: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), "aws-login-copy-"));
  const file = join(folder, "closed");
  const started = join(import.meta.dir, "background-copy-started.ts");
  const child = Bun.spawn(
    [
      process.execPath,
      join(import.meta.dir, "background-copy-program.ts"),
      started,
      JSON.stringify({ file }),
      ...argv,
    ],
    { env: { ...process.env, AWS_SECRET_ACCESS_KEY: "made-up" }, stdio: ["ignore", "pipe", "inherit"] },
  );
  const [line = "", ...rest] = (await child.stdout.text()).split("\n");
  await child.exited;
  return {
    child,
    said: JSON.parse(line),
    rest,
    closed: async () => {
      while (!(await Bun.file(file).exists())) await Bun.sleep(5);
      await rm(folder, { recursive: true });
    },
    isClosed: () => Bun.file(file).exists(),
  };
}

test.skipIf(process.platform !== "linux")(
  "startInBackground() starts a copy that is no child, has no terminal and no keys, and sees the pipe close (Linux)",
  async () => {
    const { child, said, rest, closed } = await play(["sh", "-c", "echo out; exit 3"]);
    expect(said.parent).not.toBe(String(child.pid));
    expect(said.session).not.toBe("0");
    expect(said.secret).toBe("none");
    expect([rest.join(), child.exitCode]).toEqual(["out,", 3]);
    await closed();
  },
);

test.skipIf(process.platform !== "linux")(
  "startInBackground() has the pipe stay open for what the program leaves running (Linux)",
  async () => {
    const { closed, isClosed } = await play(["sh", "-c", "sleep 0.5 >/dev/null 2>&1 &"]);
    expect(await isClosed()).toBe(false);
    await closed();
  },
);
