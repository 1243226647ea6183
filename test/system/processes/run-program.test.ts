import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../../src/system/types.ts";
import { openTerminal } from "../terminal/terminal-session.ts";

const PATH = "/usr/bin:/bin";
const linux = process.platform === "linux";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-child-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** The command line that runs `argv` through `runProgram`. */
function through(argv: readonly string[], env: Environment = { PATH }): string[] {
  return [process.execPath, join(import.meta.dir, "run-program-program.ts"), JSON.stringify({ argv, env })];
}

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | number | null;
}

async function ended(command: readonly string[], env: Record<string, string> = { PATH }): Promise<Ended> {
  const child = Bun.spawn([...command], { env, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  await child.exited;
  return { stdout, stderr, code: child.exitCode, signal: child.signalCode };
}

async function file(name: string, text: string, mode: number): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, text, { mode });
  return path;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
}

describe.skipIf(process.platform === "win32")("runProgram()", () => {
  for (const code of [0, 3, 255]) {
    test(`runProgram() ends with the program's own status ${code}`, async () => {
      const end = await ended(through(["sh", "-c", `exit ${code}`]));
      expect(end).toEqual({ stdout: "", stderr: "", code, signal: null });
    });
  }

  test("runProgram() dies of the signal that the program dies of", async () => {
    const end = await ended(through(["sh", "-c", "kill -KILL $$"]));
    expect(end).toEqual({ stdout: "", stderr: "", code: null, signal: "SIGKILL" });
  });

  test("runProgram() gives exactly the environment asked for", async () => {
    const env = { PATH, Z: "", "odd.name": "a\nb", A: "c=d", ABSENT: undefined };
    const end = await ended(through(["env", "-0"], env), { PATH, INHERITED: "no", BUN_CONFIG_X: "no" });
    expect(end.stdout.split("\0").sort()).toEqual(["", "A=c=d", `PATH=${PATH}`, "Z=", "odd.name=a\nb"]);
  });

  test("runProgram() gives the arguments as they are, the program's name too", async () => {
    const argv = ["sh", "-c", 'printf "%s|" "$0" "$@"', "zero", "", "a b", "$x", "-n"];
    expect((await ended(through(argv))).stdout).toBe("zero||a b|$x|-n|");
  });

  test.skipIf(!linux)("runProgram() calls the program by the name it was given", async () => {
    expect((await ended(through(["cat", "/proc/self/cmdline"]))).stdout).toBe("cat\0/proc/self/cmdline\0");
  });

  test("runProgram() looks the program up on the PATH that the program gets", async () => {
    await file("here/tool", "#!/bin/sh\necho found\n", 0o755);
    expect((await ended(through(["tool"], { PATH: `/nonexistent:${folder}/here` }))).stdout).toBe("found\n");
    expect((await ended(through(["tool"]), { PATH: `${folder}/here` })).stdout).toBe(
      '{"kind":"not-found"}\n',
    );
  });

  test("runProgram() passes over a program that may not be run, if PATH has another", async () => {
    await file("denied/other", "#!/bin/sh\necho no\n", 0o644);
    await file("allowed/other", "#!/bin/sh\necho yes\n", 0o755);
    const end = await ended(through(["other"], { PATH: `${folder}/denied:${folder}/allowed` }));
    expect(end.stdout).toBe("yes\n");
  });

  test("runProgram() runs a script without an interpreter line in sh", async () => {
    const path = await file("plain", 'echo "$0 $1 $X"\n', 0o755);
    expect((await ended(through([path, "one"], { X: "x" }))).stdout).toBe(`${path} one x\n`);
  });

  const refusals: Record<string, [() => Promise<string>, object]> = {
    "a name that is nowhere": [async () => "aws-login-no-such-program", { kind: "not-found" }],
    "a path that is nowhere": [async () => "./no/such", { kind: "not-found" }],
    "an empty name": [async () => "", { kind: "not-found" }],
    "a file without the right to run it": [
      () => file("data", "text\n", 0o644),
      {
        kind: "not-executable",
        reason: "permission denied",
        hint: "make it executable with chmod +x, or give the program that reads it before it",
      },
    ],
    "a folder": [
      async () => folder,
      { kind: "not-executable", reason: "it is a directory", hint: "give a program in it" },
    ],
    "a script whose interpreter is missing": [
      () => file("orphan", "#!/no/such/interpreter\n", 0o755),
      {
        kind: "not-executable",
        reason: "the interpreter that it names does not exist",
        hint: "correct its first line, or give the program that reads it before it",
      },
    ],
    "a binary of another kind of machine": [
      () => file("binary", "\x7fELF\x7f\0\0\0", 0o755),
      {
        kind: "not-executable",
        reason: "it is not a program for this machine",
        hint: "see what it is for: file PROGRAM",
      },
    ],
  };
  for (const [name, [make, end]] of Object.entries(refusals)) {
    test(`runProgram() tells apart ${name}, in silence`, async () => {
      const { stdout, stderr } = await ended(through([await make()]));
      expect(JSON.parse(stdout)).toEqual(end);
      expect(stderr).toBe("");
    });
  }

  test("runProgram() leaves a broken pipe to the program, as if it were run directly", async () => {
    const end = await ended(["sh", "-c", `${quoted(through(["yes"]))} | head -1`]);
    expect(end).toEqual({ stdout: "y\n", stderr: "", code: 0, signal: null });
  });

  test.skipIf(!linux)(
    "runProgram() leaves the program the signals and files that it would have if run directly",
    async () => {
      const look = ["sh", "-c", "grep ^Sig[BI] /proc/self/status; ls /proc/self/fd; umask"];
      for (const before of ["", "trap '' HUP INT USR1; "]) {
        const direct = await ended(["sh", "-c", `${before}exec ${quoted(look)}`]);
        const indirect = await ended(["sh", "-c", `${before}exec ${quoted(through(look))}`]);
        expect(direct.stdout).toContain("SigIgn");
        expect(indirect).toEqual(direct);
      }
    },
  );

  test("runProgram() lets a signal sent to this process reach the program, once", async () => {
    const script =
      "trap 'echo term' TERM; trap 'echo int' INT; trap 'echo usr1; exit 7' USR1; echo ready; while :; do read x; done";
    const child = Bun.spawn(through(["sh", "-c", script]), {
      env: { PATH },
      stdio: ["pipe", "pipe", "inherit"],
    });
    let seen = "";
    const next: Record<string, () => void> = {
      "ready\n": () => child.kill("SIGTERM"),
      "ready\nterm\n": () => child.kill("SIGINT"),
      "ready\nterm\nint\n": () => child.kill("SIGUSR1"),
    };
    for await (const chunk of child.stdout) {
      seen += new TextDecoder().decode(chunk);
      next[seen]?.();
    }
    expect(seen).toBe("ready\nterm\nint\nusr1\n");
    expect(await child.exited).toBe(7);
  });

  test("runProgram() lets Ctrl-C on the terminal reach the program once", async () => {
    await using terminal = openTerminal(
      through([
        "sh",
        "-c",
        "trap 'echo int' INT; trap 'echo quit; exit 5' QUIT; echo ready; while :; do read x; done",
      ]),
      { PATH },
    );
    await terminal.shows("ready");
    terminal.type("\x03");
    await terminal.shows("int");
    terminal.type("\x1c");
    await terminal.shows("quit");
    expect(await terminal.exited).toBe(5);
    expect(terminal.text().match(/int\r\n/g)).toHaveLength(1);
  });

  test("runProgram() stops at Ctrl-Z and goes on in the foreground", async () => {
    await using terminal = openTerminal(["bash", "--norc", "--noprofile", "-i"], {
      PATH,
      PS1: "prompt> ",
      TERM: "dumb",
    });
    await terminal.shows("prompt> ");
    terminal.type(
      `${quoted(through(["sh", "-c", "echo rea''dy; read line; echo \"got $line\"; exit 6"]))}\n`,
    );
    await terminal.shows("\nready");
    terminal.type("\x1a");
    await terminal.shows("Stopped");
    terminal.type("fg\n");
    await terminal.shows("fg\r\n");
    terminal.type("hello\n");
    await terminal.shows("got hello");
    terminal.type("echo status $?\n");
    await terminal.shows("status 6");
    terminal.type("exit\n");
    expect(await terminal.exited).toBe(0);
  });
});
