import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTerminal } from "./terminal-session.ts";

const env = { PATH: process.env.PATH ?? "" };
const program = join(import.meta.dir, "paste-program.ts");

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-paste-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const outcome = () => Bun.file(join(folder, "outcome")).text();
const pasted = (text: string) => JSON.stringify({ kind: "pasted", text });

for (const platform of ["linux", "win32"] as const) {
  describe.skipIf(process.platform === "win32")(`promptPaste() as on ${platform}`, () => {
    // The shell stays, so that the terminal's settings can be looked at when the program is gone.
    const open = () =>
      openTerminal(
        [
          "/bin/sh",
          "-c",
          `trap : INT; '${process.execPath}' '${program}' '${folder}/outcome' ${platform} & echo "pid $!."; fg >/dev/null 2>&1 || wait $!; echo "status $?"; read x`,
        ],
        env,
      );
    const foreground = () =>
      openTerminal(
        [
          "/bin/sh",
          "-c",
          `trap : INT; '${process.execPath}' '${program}' '${folder}/outcome' ${platform}; echo "status $?"; read x`,
        ],
        env,
      );

    test("promptPaste() takes a line that is longer than a terminal's own, without echo", async () => {
      await using terminal = foreground();
      await terminal.shows("Paste it: ");
      expect(terminal.echoes()).toBe(false);
      const long = "made-up".repeat(2000);
      terminal.type(`${long}\r`);
      await terminal.shows("status 0");
      expect(await outcome()).toBe(pasted(long));
      expect(terminal.text()).not.toContain("made-up");
      expect(terminal.echoes()).toBe(true);
    });

    test("promptPaste() drops a line that is too long, and says so", async () => {
      await using terminal = foreground();
      await terminal.shows("Paste it: ");
      terminal.type(`${"x".repeat(70_000)}\r`);
      await terminal.shows("status 0");
      expect(await outcome()).toBe('{"kind":"too-long"}');
    });

    test("promptPaste() restores the terminal after Ctrl-C, and says that it was interrupted", async () => {
      await using terminal = foreground();
      await terminal.shows("Paste it: ");
      terminal.type("12\x03");
      await terminal.shows("status 130");
      expect(await outcome()).toBe("interrupted");
      expect(terminal.echoes()).toBe(true);
    });

    // A console of Windows cannot be told by a signal that the caller no longer waits.
    if (platform === "win32") return;
    test("promptPaste() stops asking when the caller no longer waits", async () => {
      await using terminal = open();
      await terminal.shows("Paste it: ");
      terminal.type("half");
      process.kill(Number(/pid (\d+)\./.exec(terminal.text())?.[1]), "SIGWINCH");
      await terminal.shows("status 0");
      expect(await outcome()).toBe('{"kind":"ended"}');
      expect(terminal.echoes()).toBe(true);
    });
  });
}

test.skipIf(process.platform === "win32")("promptPaste() says that there is no terminal", async () => {
  const child = Bun.spawn([process.execPath, program, join(folder, "outcome")], {
    env,
    detached: true,
    stdio: ["ignore", "inherit", "inherit"],
  });
  expect(await child.exited).toBe(0);
  expect(await outcome()).toBe('{"kind":"no-terminal"}');
});
