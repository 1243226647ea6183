import { describe, expect, test } from "bun:test";
import { Failure } from "../../src/errors.ts";
import { ssoRoleCredentials } from "../../src/identity/sso-role.ts";
import { failureOf } from "../support/failure.ts";

const role = { accountId: "012345678901", roleName: "Reader" };
const refusing = (failure: Failure) => ({
  startUrl: undefined,
  tokenFile: undefined,
  region: "eu-west-1",
  ready: async () => ({ until: "" }),
  ask: async () => Promise.reject(failure),
});
const answered = (kind: "failed" | "sign-in-needed", status: number) =>
  new Failure(kind, "ForbiddenException: No access", {
    answer: { code: "ForbiddenException", message: "No access", status, requestId: "r-1" },
    hints: ["theirs"],
  });

describe("ssoRoleCredentials()", () => {
  for (const status of [403, 404]) {
    test(`ssoRoleCredentials() says that there is no such role for the person at status ${status}`, async () => {
      const failure = await failureOf(() => ssoRoleCredentials(refusing(answered("failed", status)), role));
      expect(failure.message).toBe(
        "cannot get the credentials of role Reader in account 012345678901: you have no such role there: ForbiddenException: No access",
      );
      expect(failure.notes).toEqual(["request r-1"]);
      expect(failure.hints[0]).toContain("dumpconfig");
    });
  }

  test("ssoRoleCredentials() names the role in any other refusal", async () => {
    const failure = await failureOf(() => ssoRoleCredentials(refusing(answered("failed", 400)), role));
    expect(failure.message).not.toContain("no such role");
    expect([failure.message.includes("role Reader in account 012345678901"), failure.hints]).toEqual([
      true,
      ["theirs"],
    ]);
  });

  test("ssoRoleCredentials() hands on what only a sign-in mends, and what was no answer", async () => {
    for (const failure of [answered("sign-in-needed", 401), new Failure("failed", "no connection")]) {
      expect(await failureOf(() => ssoRoleCredentials(refusing(failure), role))).toBe(failure);
    }
  });
});
