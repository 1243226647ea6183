import { expect, test } from "bun:test";
import { failureLines } from "../../src/endpoint/failure-lines.ts";
import { Failure } from "../../src/lib/errors.ts";

const failure = new Failure("sign-in-needed", "the sign-in ended", {
  hints: ["sign in with: aws-login login"],
});
const valid = {
  credentials: { accessKeyId: "ASIA1", secretAccessKey: "made-up", sessionToken: "made-up" },
  acquired: 0,
  expires: 3_600_000,
};

test("failureLines() says what failed, until when the old credentials are served, and what helps", () => {
  expect(failureLines("dev", failure, valid)).toEqual([
    "aws-login: error: cannot renew the credentials of dev: the sign-in ended",
    "aws-login: note: the old ones are served until 1970-01-01T01:00:00Z",
    "aws-login: hint: sign in with: aws-login login",
  ]);
});

test("failureLines() has no note when no credentials are left", () => {
  expect(failureLines("dev", failure, undefined).length).toBe(2);
});
