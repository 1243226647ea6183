import { describe, expect, test } from "bun:test";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { errorCode } from "../../../src/lib/errors.ts";
import { descendants } from "../../../src/system/processes/process-tree.ts";
import { until } from "../../end-to-end/support/until.ts";
import { openTerminal } from "./terminal-session.ts";

const program = join(import.meta.dir, "screen-program.ts");
const env = { PATH: process.env.PATH ?? "" };
const size = { cols: 80, rows: 24 };

async function stateOf(pid: number): Promise<string> {
  // An stty may have ended meanwhile.
  return readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
}

function endIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch (error) {
    if (errorCode(error) !== "ESRCH") throw error;
  }
}

async function withFolder(play: (outcome: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "aws-login-screen-"));
  try {
    await play(join(folder, "outcome"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe.skipIf(process.platform === "win32")("onScreen()", () => {
  test("onScreen() hands on keys and sizes, and puts the terminal back", () =>
    withFolder(async (outcome) => {
      await using terminal = openTerminal([process.execPath, program, outcome], env, size);
      await terminal.shows("size 80x24");
      expect(terminal.echoes()).toBe(false);
      terminal.resize({ cols: 40, rows: 10 });
      await terminal.shows("now 40x10");
      terminal.type("\x1b[A");
      expect(await terminal.exited).toBe(0);
      expect(await Bun.file(outcome).json()).toEqual({ kind: "input", text: "\x1b[A" });
      expect(terminal.echoes()).toBe(true);
      expect(terminal.text()).toEndWith("\x1b[?1049l");
    }));

  test("onScreen() leaves later keys to the next reader", () =>
    withFolder(async (outcome) => {
      const line = `'${process.execPath}' '${program}' '${outcome}'; read -r x; echo "got $x"`;
      await using terminal = openTerminal(["/bin/sh", "-c", line], env, size);
      await terminal.shows("size 80x24");
      terminal.type("a");
      await terminal.shows("\x1b[?1049l");
      terminal.type("later\n");
      await terminal.shows("got later");
    }));

  test.skipIf(process.platform !== "linux")(
    "onScreen() gives the terminal back while the program is stopped, and takes it again",
    () =>
      withFolder(async (outcome) => {
        await using terminal = openTerminal([process.execPath, program, outcome], env, size);
        await terminal.shows("size 80x24");
        process.kill(terminal.pid, "SIGTSTP");
        await until(async () => {
          // The reader as well, which would take what is typed meanwhile.
          const [reader = 0] = descendants(terminal.pid, process.platform);
          const states = await Promise.all([terminal.pid, reader].map(stateOf));
          return states.every((state) => state.includes("T (stopped)")) || undefined;
        });
        expect(terminal.echoes()).toBe(true);
        await terminal.shows("\x1b[?1049l");
        terminal.resize({ cols: 70, rows: 20 });
        process.kill(terminal.pid, "SIGCONT");
        await terminal.shows("\x1b[?1049h");
        await terminal.shows("now 70x20");
        expect(terminal.echoes()).toBe(false);
        terminal.type("a");
        expect(await terminal.exited).toBe(0);
        expect(terminal.echoes()).toBe(true);
      }),
  );

  for (const signal of ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM"] as const) {
    test(`onScreen() puts the terminal back before ${signal} ends the program`, () =>
      withFolder(async (outcome) => {
        await using terminal = openTerminal([process.execPath, program, outcome], env, size);
        await terminal.shows("size 80x24");
        process.kill(terminal.pid, signal);
        expect(await terminal.exited).toBe(128 + constants.signals[signal]);
        expect(terminal.echoes()).toBe(true);
        await terminal.shows("\x1b[?1049l");
      }));
  }

  test("onScreen() puts the terminal back when its reader ends", () =>
    withFolder(async (outcome) => {
      await using terminal = openTerminal([process.execPath, program, outcome], env, size);
      await terminal.shows("size 80x24");
      // The last stty may just be ending, after which its shell becomes the reader.
      for (const pid of descendants(terminal.pid, process.platform)) endIfThere(pid);
      expect(await terminal.exited).toBe(0);
      expect(await Bun.file(outcome).json()).toEqual({ kind: "ended" });
      expect(terminal.echoes()).toBe(true);
    }));

  test("onScreen() puts the terminal back where a signal ends stty as well", () =>
    withFolder(async (outcome) => {
      // Only an stty that is given settings is ended, once.
      const stty = `#!/bin/sh
case $1 in *:*) if mkdir "$0-ended"; then kill -TERM $$; fi ;; esac
PATH=\${PATH#*:} exec stty "$@"
`;
      const folder = dirname(outcome);
      await writeFile(join(folder, "stty"), stty, { mode: 0o755 });
      const ours = { PATH: `${folder}:${env.PATH}` };
      await using terminal = openTerminal([process.execPath, program, outcome], ours, size);
      await terminal.shows("size 80x24");
      // A program that ends by itself has its terminal put back by the runtime.
      process.kill(terminal.pid, "SIGTERM");
      expect(await terminal.exited).toBe(128 + constants.signals.SIGTERM);
      expect(terminal.echoes()).toBe(true);
      expect((await stat(join(folder, "stty-ended"))).isDirectory()).toBe(true);
    }));

  test("onScreen() hands on characters whose bytes come apart", () =>
    withFolder(async (outcome) => {
      await using terminal = openTerminal([process.execPath, program, outcome], env, size);
      await terminal.shows("size 80x24");
      const bytes = Buffer.from("東");
      terminal.type(bytes.subarray(0, 1));
      terminal.type(bytes.subarray(1));
      expect(await terminal.exited).toBe(0);
      expect(await Bun.file(outcome).json()).toEqual({ kind: "input", text: "東" });
    }));

  test("onScreen() is undefined without a controlling terminal", () =>
    withFolder(async (outcome) => {
      const child = Bun.spawn([process.execPath, program, outcome], {
        env,
        detached: true,
        stdio: ["ignore", "ignore", "ignore"],
      });
      await child.exited;
      expect(await Bun.file(outcome).text()).toBe("undefined");
    }));
});
