import { describe, expect, test } from "bun:test";
import { exitStatus, reportLines } from "../../src/cli/report.ts";
import { Failure, type FailureKind } from "../../src/lib/errors.ts";

const STATUSES: Record<FailureKind, number> = {
  failed: 1,
  usage: 2,
  "no-credentials": 3,
  "sign-in-needed": 4,
  interrupted: 130,
  unread: 1,
};
const kinds = ["failed", "usage", "no-credentials", "sign-in-needed", "interrupted", "unread"] as const;
for (const kind of kinds) {
  test(`exitStatus() is ${STATUSES[kind]} for ${kind}`, () => {
    expect(exitStatus(new Failure(kind, "x"))).toBe(STATUSES[kind]);
  });
}
test("exitStatus() is 1 for a defect", () => {
  expect(exitStatus(new TypeError("x"))).toBe(1);
  expect(exitStatus(undefined)).toBe(1);
});

describe("reportLines()", () => {
  test("has nothing to say of a reader that has gone", () => {
    expect(reportLines(new Failure("unread", "x", { hints: ["y"] }))).toEqual([]);
  });

  test("gives the error, then the notes, then the hints", () => {
    const failure = new Failure("failed", "cannot read the map: it is upside down", {
      hints: ["turn it", "or turn yourself"],
      notes: ["north is up"],
      cause: new Error("not shown"),
    });
    expect(reportLines(failure)).toEqual([
      "aws-login: error: cannot read the map: it is upside down",
      "aws-login: note: north is up",
      "aws-login: hint: turn it",
      "aws-login: hint: or turn yourself",
    ]);
  });

  /** What was thrown; the first line. */
  const DEFECTS: Record<string, [unknown, string]> = {
    "the first line of an unexpected error": [
      new TypeError("x is not a function\n  at y"),
      "x is not a function",
    ],
    "only the name when the message is long": [new RangeError("x ".repeat(101)), "RangeError"],
    "the reason of a system error that quotes a long path": [
      Object.assign(new Error(`ENAMETOOLONG: name too long, open '/${"a/".repeat(200)}'`), {
        code: "ENAMETOOLONG",
      }),
      "ENAMETOOLONG: name too long",
    ],
    "only the name when there is no message": [new SyntaxError(), "SyntaxError"],
    "no long run that may be a key": [
      new Error("bad key wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLE here"),
      "bad key … here",
    ],
    "no token of a URL": [
      new Error('"https://signin.aws.amazon.com/federation?SigninToken=VeryLongMadeUpToken0123" is no URL'),
      '"https://signin.aws.amazon.com/federation?…" is no URL',
    ],
    "nothing of what is no error": ["secret", "something that is not an error was thrown"],
  };
  for (const [sentence, [thrown, said]] of Object.entries(DEFECTS)) {
    test(`shows ${sentence}, and asks for a report`, () => {
      expect(reportLines(thrown)).toEqual([
        `aws-login: error: unexpected: ${said}`,
        expect.stringMatching(/^aws-login: hint: this is a defect: report it/),
      ]);
    });
  }
});
