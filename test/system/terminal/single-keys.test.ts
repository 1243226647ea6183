import { describe, expect, test } from "bun:test";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTerminal } from "./terminal-session.ts";

const argv = [process.execPath, join(import.meta.dir, "single-keys-program.ts")];
const env = { PATH: process.env.PATH ?? "" };
const size = { cols: 80, rows: 24 };

describe.skipIf(process.platform === "win32")("withSingleKeys()", () => {
  test("withSingleKeys() hands on each key, without echo, and puts the settings back", async () => {
    await using terminal = openTerminal(argv, env, size);
    const before = terminal.modes();
    await terminal.shows("size 80x24");
    expect(terminal.echoes()).toBe(false);
    for (const key of ["a", "\x03", "東"]) {
      terminal.type(key);
      await terminal.shows(`key ${key}\r\n`);
    }
    terminal.resize({ cols: 70, rows: 20 });
    terminal.type("m");
    await terminal.shows("measured true 70x20");
    terminal.type("q");
    await terminal.shows("done");
    expect(await terminal.exited).toBe(0);
    expect(terminal.modes()).toEqual(before);
  });

  test("withSingleKeys() leaves the terminal to others while it pauses", async () => {
    await using terminal = openTerminal(argv, env, size);
    const before = terminal.modes();
    await terminal.shows("size 80x24");
    terminal.type("p");
    await terminal.shows("paused");
    expect(terminal.modes()).toEqual(before);
    terminal.type("typed for the shell\n");
    await terminal.shows("typed for the shell");
    expect(terminal.text()).not.toContain("key");
    terminal.resize({ cols: 70, rows: 20 });
    process.kill(terminal.pid, "SIGUSR1");
    await terminal.shows("resumed true 70x20");
    expect(terminal.echoes()).toBe(false);
    // No other program has read it.
    await terminal.shows("key typed for the shell");
    terminal.type("q");
    expect(await terminal.exited).toBe(0);
    expect(terminal.modes()).toEqual(before);
  });

  test("withSingleKeys() fails where stty cannot change the settings, which stay as they were", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aws-login-single-keys-"));
    try {
      const stty = `#!/bin/sh\ntest "$1" = -icanon && exit 1\nPATH=\${PATH#*:} exec stty "$@"\n`;
      await writeFile(join(folder, "stty"), stty, { mode: 0o755 });
      await using terminal = openTerminal(argv, { PATH: `${folder}:${env.PATH}` }, size);
      const before = terminal.modes();
      await terminal.shows("failed: cannot draw on the terminal: stty cannot switch it to single keys");
      expect(await terminal.exited).toBe(0);
      expect(terminal.modes()).toEqual(before);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
