import { describe, expect, test } from "bun:test";
import type { PortalCaller } from "../../../src/aws/sso/portal.ts";
import { ssoRoleCredentials } from "../../../src/credentials/sources/sso-role.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { failureOf } from "../../support/failure.ts";
import { caller, portalUrl } from "../../support/fake-portal.ts";
import { fakeSystem } from "../../support/fake-system.ts";

const role = { accountId: "012345678901", roleName: "Reader" };
const refusing = (failure: Failure) => ({
  startUrl: undefined,
  tokenFile: undefined,
  region: "eu-west-1",
  ready: async () => ({ until: "" }),
  ask: async () => Promise.reject(failure),
});
/** A portal that answers so. */
const answering = (status: number, body: string) => {
  const system = fakeSystem();
  system.expect(
    "GET",
    `${portalUrl}/federation/credentials?role_name=Reader&account_id=012345678901`,
    new Response(body, { status, headers: { "x-amzn-requestid": "r-1" } }),
  );
  return {
    ...refusing(new Failure("failed", "unused")),
    ask: <T>(operation: (portal: PortalCaller) => Promise<T>) =>
      operation({ ...caller(system, portalUrl), accessToken: "t" }),
  };
};
const answered = (kind: "failed" | "sign-in-needed", status: number) =>
  new Failure(kind, "ForbiddenException: No access", {
    serviceError: { code: "ForbiddenException", message: "No access", status, requestId: "r-1" },
    hints: ["theirs"],
  });

describe("ssoRoleCredentials()", () => {
  for (const status of [403, 404]) {
    test(`ssoRoleCredentials() says that there is no such role for the person at status ${status}`, async () => {
      const body = '{"message":"No access","__type":"ForbiddenException"}';
      const failure = await failureOf(() => ssoRoleCredentials(answering(status, body), role));
      expect(failure.message).toBe(
        "cannot get the credentials of role Reader in account 012345678901: you have no such role there: ForbiddenException: No access",
      );
      expect(failure.notes).toEqual(["request r-1"]);
      expect(failure.hints[0]).toContain("dumpconfig");
    });
  }

  for (const status of [403, 404]) {
    test(`ssoRoleCredentials() does not say so when it was the sign-in that got status ${status}`, async () => {
      const failure = await failureOf(() => ssoRoleCredentials(refusing(answered("failed", status)), role));
      expect(failure.message).toBe(
        "cannot get the credentials of role Reader in account 012345678901: ForbiddenException: No access",
      );
      expect(failure.hints).toEqual(["theirs"]);
    });

    for (const [what, body] of Object.entries({ "nothing at all": "", "a page": "<html>Sign in here" })) {
      test(`ssoRoleCredentials() does not say so when status ${status} came with ${what}`, async () => {
        const failure = await failureOf(() => ssoRoleCredentials(answering(status, body), role));
        expect(failure.message).not.toContain("no such role");
        expect(failure.hints.join()).toContain("captive portal");
      });
    }
  }

  test("ssoRoleCredentials() names the role in any other refusal", async () => {
    const failure = await failureOf(() => ssoRoleCredentials(refusing(answered("failed", 400)), role));
    expect(failure.message).not.toContain("no such role");
    expect([failure.message.includes("role Reader in account 012345678901"), failure.hints]).toEqual([
      true,
      ["theirs"],
    ]);
  });

  test("ssoRoleCredentials() names the role when its answer is none", async () => {
    const failure = await failureOf(() => ssoRoleCredentials(answering(200, "<html>Sign in here"), role));
    expect(failure.message).toMatch(
      /^cannot get the credentials of role Reader in account 012345678901: the response to GetRoleCredentials .* is no JSON object$/,
    );
    expect(failure.hints.join()).toContain("captive portal");
  });

  test("ssoRoleCredentials() hands on what only a sign-in mends, and why there was none", async () => {
    for (const failure of [answered("sign-in-needed", 401), new Failure("failed", "no connection")]) {
      expect(await failureOf(() => ssoRoleCredentials(refusing(failure), role))).toBe(failure);
    }
  });
});
