import { describe, expect, test } from "bun:test";
import { loginFailure, signInAgain } from "../../../src/credentials/sources/login-session-error.ts";
import { Failure } from "../../../src/lib/errors.ts";

const source = {
  kind: "login-session",
  from: "profile dev (config:2)",
  profileName: "dev",
  session: "arn:aws:iam::123456789012:user/Admin",
} as const;
const answered = (code: string) =>
  new Failure("failed", `${code}: no`, {
    notes: ["a note"],
    hints: ["a hint"],
    serviceError: { code, message: "no", status: 403 },
  });

describe("loginFailure()", () => {
  const ends: Record<string, string> = {
    TOKEN_EXPIRED: "the sign-in has ended",
    AUTHCODE_EXPIRED: "the sign-in was never completed",
    USER_CREDENTIALS_CHANGED: "the password was changed since the sign-in",
  };
  for (const [code, why] of Object.entries(ends)) {
    test(`loginFailure() wants a person to sign in after ${code}`, () => {
      const failure = loginFailure(source, answered(code));
      expect(failure.kind).toBe("sign-in-needed");
      expect(failure.message).toBe(
        `cannot use the login_session of profile dev (config:2): ${why} (${code}: no)`,
      );
      expect(failure.hints).toEqual(["sign in with: aws-login login --profile dev"]);
    });
  }

  test("loginFailure() quotes a profile that a shell would not take as one word", () => {
    const spaced = { ...source, profileName: "my; prof" };
    for (const code of ["TOKEN_EXPIRED", "INVALID_REQUEST"]) {
      expect(loginFailure(spaced, answered(code)).hints[0]).toEndWith("aws-login login --profile 'my; prof'");
    }
  });

  test("loginFailure() names the permission that is missing", () => {
    const failure = loginFailure(source, answered("INSUFFICIENT_PERMISSIONS"));
    expect(failure.kind).toBe("failed");
    expect(failure.hints).toEqual(["the identity needs permission for signin:CreateOAuth2Token", "a hint"]);
    expect(failure.serviceError?.code).toBe("INSUFFICIENT_PERMISSIONS");
  });

  test("loginFailure() advises a new sign-in where the request itself is refused", () => {
    expect(loginFailure(source, answered("INVALID_REQUEST")).hints).toEqual([
      "sign in again with: aws-login login --profile dev",
      "a hint",
    ]);
  });

  for (const code of ["server_error", "constructor", "TooManyRequestsError"]) {
    test(`loginFailure() hands on the hint about ${code}`, () => {
      const failure = loginFailure(source, answered(code));
      expect(failure.message).toBe(`cannot renew the login_session of profile dev (config:2): ${code}: no`);
      expect([failure.notes, failure.hints]).toEqual([["a note"], ["a hint"]]);
    });
  }

  test("loginFailure() leaves a Failure that needs a sign-in unchanged", () => {
    const already = signInAgain(source, "there is no file");
    expect(loginFailure(source, already)).toBe(already);
  });
});
