import { describe, expect, test } from "bun:test";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runHelper } from "../../../src/system/processes/run-helper.ts";
import { canFailCalls, failingCall } from "../../trials/system-errors/failing-call.ts";

const run = (command: string, env: Record<string, string> = {}) =>
  runHelper(command, { PATH: process.env.PATH, ...env }, process.platform, { stderr: "pipe" });

describe.skipIf(process.platform === "win32")("runHelper()", () => {
  test("runHelper() tells what the command wrote to each stream, and its exit status", async () => {
    expect(await run("echo answer; echo complaint >&2; exit 3")).toEqual({
      status: 3,
      signal: undefined,
      stdout: "answer\n",
      stderr: "complaint\n",
    });
  });

  test("runHelper() runs a shell: pipes and variables work", async () => {
    const end = await run('printf "%s" "$WORD" | tr a-z A-Z', { WORD: "loud" });
    expect(end.stdout).toBe("LOUD");
  });

  test("runHelper() takes a command that begins with a hyphen for a command", async () => {
    expect(await run("-made-up || echo no such program")).toMatchObject({
      status: 0,
      stdout: "no such program\n",
    });
  });

  test("runHelper() gives the command exactly the environment it was given", async () => {
    process.env.AWS_LOGIN_TEST_STRAY = "here";
    try {
      expect((await run('echo "[$AWS_LOGIN_TEST_STRAY]"')).stdout).toBe("[]\n");
    } finally {
      delete process.env.AWS_LOGIN_TEST_STRAY;
    }
  });

  test("runHelper() reads UTF-8 whole, even where a character lies across two reads", async () => {
    const end = await run("printf x; yes é | tr -d '\\n' | head -c 400000");
    expect(end.stdout).toBe(`x${"é".repeat(200_000)}`);
  });

  test("runHelper() names the signal that ended the command", async () => {
    const end = await run("kill -TERM $$");
    expect(end).toMatchObject({ status: undefined, signal: "SIGTERM" });
  });

  test("runHelper() reports a program that does not exist as the shell does", async () => {
    const end = await run("/nonexistent/helper --flag");
    expect(end.status).toBe(127);
    expect(end.stderr).toContain("/nonexistent/helper");
  });

  for (const [stream, redirect] of [
    ["stdout", ""],
    ["stderr", " >&2"],
  ] as const) {
    test(`runHelper() ends a command that floods ${stream}`, async () => {
      const end = await run(`yes aws-login-flood${redirect}`);
      expect(end[stream]).toBeUndefined();
    });
  }

  const failing: Record<string, [call: string, ordinal: number, error: string, outcome: string]> = {
    "leaves a flooding command that it may not end": ["kill", 1, "EPERM", "stdout undefined"],
    "says that there is no shell": ["execve", 1, "ENOENT", "the shell cannot be started: ENOENT: no such"],
    "says that a stream cannot be read": ["recvfrom", 1, "EIO", "its output cannot be read: EIO: i/o error"],
    "says once that the other cannot be read": ["recvfrom", 2, "EIO", "its output cannot be read: EIO"],
  };
  for (const [sentence, [call, ordinal, error, outcome]] of Object.entries(failing)) {
    test.skipIf(!canFailCalls)(`runHelper() ${sentence}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), "aws-login-helper-"));
      try {
        const path = JSON.stringify(join(import.meta.dir, "../../../src/system/processes/run-helper.ts"));
        const code = `const { runHelper } = await import(${path});
          const helper = runHelper("yes", process.env, process.platform, { stderr: "pipe" });
          process.stdout.write(await helper.then((end) => "stdout " + end.stdout, (error) => error.message));`;
        const under = failingCall(folder, join(folder, "log"), { point: { call, ordinal }, error });
        const child = Bun.spawn([...under, process.execPath, "-e", code], {
          stdio: ["ignore", "pipe", "pipe"],
        });
        const [told, complaint] = await Promise.all([child.stdout.text(), child.stderr.text()]);
        expect([complaint, await child.exited]).toEqual(["", 0]);
        expect(told).toStartWith(outcome);
        expect(await readFile(join(folder, "log"), "utf8")).toContain(" fails\n");
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  }

  test("runHelper() ends a command that floods it out of a pipe", async () => {
    expect((await run("yes | cat")).stdout).toBeUndefined();
  });

  for (const cached of ["", " 2>/dev/null", " >/dev/null"]) {
    // The test's limit is shorter than the sleep.
    test(`runHelper() waits for no stream that what a flooding command started keeps open (sleep 30${cached})`, async () => {
      const end = await run(`(yes | head -c 3000000; sleep 30${cached})`);
      expect(end).toMatchObject({ stdout: undefined, signal: "SIGKILL" });
    }, 20_000);
  }

  for (const held of ["", " 2>/dev/null", " >/dev/null"]) {
    test(`runHelper() does not wait for what the command leaves running (sleep 30${held})`, async () => {
      const end = await run(`sleep 30${held} & echo answer; echo complaint >&2; echo $!`);
      const [answer, pid] = end.stdout?.split("\n") ?? [];
      process.kill(Number(pid), "SIGKILL");
      expect([answer, end.stderr, end.status]).toEqual(["answer", "complaint\n", 0]);
    }, 20_000);
  }

  test("runHelper() takes all that the command wrote before its end, where another process keeps its streams", async () => {
    const end = await run("head -c 900000 /dev/zero | tr '\\0' x; sleep 30 >&2 & sleep 30 & echo $!");
    for (const pid of end.stdout?.match(/\d+$/m) ?? []) process.kill(Number(pid), "SIGKILL");
    expect(end.stdout?.replace(/\d+\n$/, "").length).toBe(900_000);
  }, 20_000);

  test("runHelper() takes several hundred kilobytes", async () => {
    const end = await run("head -c 600000 /dev/zero | tr '\\0' x");
    expect(end.stdout?.length).toBe(600_000);
  });
});
