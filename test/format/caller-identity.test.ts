import { expect, test } from "bun:test";
import { formatCallerIdentity } from "../../src/format/caller-identity.ts";

test("formatCallerIdentity() prints UserId, Account and Arn in that order, indented by four spaces", () => {
  const identity = {
    arn: "arn:aws:sts::012345678901:assumed-role/Example/someone",
    account: "012345678901",
    userId: "AROAEXAMPLE:someone",
  };
  expect(formatCallerIdentity(identity)).toBe(
    [
      "{",
      '    "UserId": "AROAEXAMPLE:someone",',
      '    "Account": "012345678901",',
      '    "Arn": "arn:aws:sts::012345678901:assumed-role/Example/someone"',
      "}",
      "",
    ].join("\n"),
  );
});
