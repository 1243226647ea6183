import { describe, expect, test } from "bun:test";
import { runChildOnWindows, shellLine } from "../../src/system/child-windows.ts";

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

describe("runChildOnWindows()", () => {
  const node = process.execPath;

  test("runChildOnWindows() tells the exit status", async () => {
    const end = await runChildOnWindows([node, "-e", "process.exit(Number(process.env.CODE))"], {
      CODE: "3",
    });
    expect(end).toEqual({ kind: "exited", code: 3 });
  });

  test("runChildOnWindows() tells that there is no such program", async () => {
    expect(await runChildOnWindows(["aws-login-no-such-program"], { PATH: "" })).toEqual({
      kind: "not-found",
    });
  });
});
