import { describe, expect, test } from "bun:test";
import { Failure } from "../../src/lib/errors.ts";
import { loginNeeded } from "../../src/sso/login-needed.ts";
import type { TokenPolicy } from "../../src/sso/token-policy.ts";
import { noon } from "../support/fake-system.ts";

const name = "https://d-1234567890.awsapps.com/start";
const refusal = new Failure("failed", "UnauthorizedException: no", {
  serviceError: { code: "UnauthorizedException", message: "no", status: 401 },
});
const token = (minutes: number) => ({
  accessToken: "canary",
  expiresAt: new Date(noon + minutes * 60_000).toISOString(),
  fields: {},
});

describe("loginNeeded()", () => {
  const auto = { refresh: "auto", signIn: "auto" } as const;
  const cases: Record<string, [ReturnType<typeof token> | undefined, Failure | undefined, TokenPolicy?]> = {
    "there is none": [undefined, undefined],
    "UnauthorizedException: no": [undefined, refusal],
    "it expired at 2030-01-31T11:34:00Z, 26 minutes ago": [token(-26), undefined],
    "it expired at 2030-01-31T11:59:00Z, 1 minute ago (UnauthorizedException: no)": [token(-1), refusal],
    "it expired at 2030-01-31T09:00:00Z, 3 hours ago": [token(-180), undefined],
    "it expired at 2030-01-28T12:00:00Z, 3 days ago": [token(-4320), undefined],
    "it is not accepted any more (UnauthorizedException: no)": [token(60), refusal],
    "it is valid until 2030-01-31T13:00:00Z, but --refresh on asks for another one, and it cannot be refreshed":
      [token(60), undefined, { refresh: "on", signIn: "never" }],
    "it is valid until 2030-01-31T13:00:00Z, but --sign-in always asks for another one, and the start URL is not known":
      [token(60), undefined, { refresh: "on", signIn: "always" }],
    "its end cannot be read": [{ ...token(0), expiresAt: "soon" }, undefined],
  };
  for (const [why, [stored, cause, policy = auto]] of Object.entries(cases)) {
    test(`loginNeeded() says that ${why}`, () => {
      const failure = loginNeeded({ name, token: stored, policy, now: noon, hint: "sign in", cause });
      expect(failure.message).toBe(`cannot use the sign-in to ${name}: ${why}`);
      expect([failure.kind, failure.hints]).toEqual(["sign-in-needed", ["sign in"]]);
      expect(failure.serviceError).toBe(cause?.serviceError);
    });
  }

  test("loginNeeded() names the damage of the token file, unless a refusal says more", () => {
    const damage = "/a/b.json is no token";
    const missing = { name, token: undefined, damage, policy: auto, now: noon, hint: "sign in" };
    const said = (cause: Failure | undefined) => loginNeeded({ ...missing, cause }).message;
    expect(said(undefined)).toBe(`cannot use the sign-in to ${name}: ${damage}`);
    expect(said(refusal)).toBe(`cannot use the sign-in to ${name}: ${refusal.message}`);
  });
});
