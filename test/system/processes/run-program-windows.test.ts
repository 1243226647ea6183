import { describe, expect, test } from "bun:test";
import {
  batchRefusal,
  runProgramOnWindows,
  shellLine,
} from "../../../src/system/processes/run-program-windows.ts";

describe("shellLine()", () => {
  test("shellLine() puts the command of cmd.exe between quotes, which /s takes off again", () => {
    const argv = ["C:\\Windows\\cmd.exe", "/d", "/s", "/c", 'dir "a b" & echo 1'];
    expect(shellLine(argv)).toEqual(["C:\\Windows\\cmd.exe", "/d", "/s", "/c", '"dir "a b" & echo 1"']);
  });

  test("shellLine() leaves any other program alone", () => {
    expect(shellLine(["cmd.exe", "/c", "dir"])).toBeUndefined();
    expect(shellLine(["program", "/d", "/s", "/c", "x", "y"])).toBeUndefined();
  });
});

describe("batchRefusal()", () => {
  const refused = "ERR_INVALID_ARG_VALUE";

  test("batchRefusal() names the characters that a batch file cannot take", () => {
    expect(batchRefusal(refused, ["x.bat", "a&b", 'c "d" %e%'])).toEqual({
      kind: "not-executable",
      reason: 'it is a batch file, whose arguments cannot hold " & %',
      hint: "write the line as cmd.exe reads it: --command STRING",
    });
    expect(batchRefusal(refused, ["x", "a\nb"])).toMatchObject({
      reason: "it is a batch file, whose arguments cannot hold line breaks",
    });
  });

  test("batchRefusal() is undefined for any other refusal", () => {
    expect(batchRefusal("EACCES", ["x.bat", "a&b"])).toBeUndefined();
    expect(batchRefusal(refused, ["x&y.exe", "a b"])).toBeUndefined();
  });
});

describe("runProgramOnWindows()", () => {
  const node = process.execPath;

  test("runProgramOnWindows() tells the exit status", async () => {
    const end = await runProgramOnWindows([node, "-e", "process.exit(Number(process.env.CODE))"], {
      CODE: "3",
    });
    expect(end).toEqual({ kind: "exited", code: 3 });
  });

  test("runProgramOnWindows() ends this process with a status that has more than eight bits", async () => {
    const watched: number[] = [];
    const ended: number[] = [];
    const run = (status: number | undefined) =>
      runProgramOnWindows([node, "-e", "process.exit(3)"], {}, async () => ({
        watch: (pid) => {
          watched.push(pid);
          return () => status;
        },
        exit: (code) => ended.push(code),
      }));
    expect(await run(0x103)).toEqual({ kind: "exited", code: 0x103 });
    expect(ended).toEqual([0x103]);
    expect(await run(255)).toEqual({ kind: "exited", code: 255 });
    expect(await run(undefined)).toEqual({ kind: "exited", code: 3 });
    expect(ended).toEqual([0x103]);
    expect(watched.every((pid) => pid > 0)).toBe(true);
  });

  test("runProgramOnWindows() tells that there is no such program", async () => {
    expect(await runProgramOnWindows(["aws-login-no-such-program"], { PATH: "" })).toEqual({
      kind: "not-found",
    });
  });
});
