import { expect, test } from "bun:test";
import { setLine, syntaxes, unsetLines } from "../../src/format/shell-syntax.ts";
import { failureOf } from "../support/failure.ts";

test("setLine() quotes the value for the shell", () => {
  expect(setLine("linux", "A", "a b")).toBe("export A='a b'");
  expect(setLine("fish", "A", "a b")).toBe("set -gx A 'a b';");
  expect(setLine("powershell", "A", "a b")).toBe("$Env:A='a b'");
});

test("setLine() refuses a value that the syntax cannot express, and does not repeat it", async () => {
  const failure = await failureOf(async () => setLine("windows", "A", "made\nup"));
  expect(failure).toMatchObject({
    message:
      "cannot print A with --outform windows: its value holds a character that this syntax cannot express",
    hints: ["choose a form that can express any value: --outform json"],
  });
});

test("unsetLines() is empty where the form cannot unset", () => {
  expect(unsetLines("linux", "AWS_PROFILE")).toEqual(["unset AWS_PROFILE;"]);
  expect(unsetLines("env", "AWS_PROFILE")).toEqual([]);
  expect(unsetLines("env", "AWS_SESSION_TOKEN")).toEqual(["AWS_SESSION_TOKEN="]);
});

test("syntaxes has a comment for each form but that of files of variables", () => {
  const without = Object.entries(syntaxes).filter(([, { comment }]) => comment === undefined);
  expect(without.map(([name]) => name)).toEqual(["env"]);
});
