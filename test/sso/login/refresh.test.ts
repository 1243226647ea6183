import { describe, expect, test } from "bun:test";
import { Failure } from "../../../src/lib/errors.ts";
import { refreshToken, refusesForGood } from "../../../src/sso/login/refresh.ts";
import { expectToken, loginContext } from "../../support/fake-login.ts";
import { json, sentBody } from "../../support/fake-portal.ts";
import { fakeSystem } from "../../support/fake-system.ts";

const token = {
  startUrl: "https://d-1234567890.awsapps.com/start",
  accessToken: "old",
  expiresAt: "2030-01-31T11:00:00Z",
  clientId: "id",
  clientSecret: "secret",
  refreshToken: "refresh-1",
  fields: { more: 1 },
};

describe("refreshToken()", () => {
  test("refreshToken() sends the refresh token and takes the members of the response", async () => {
    const system = fakeSystem();
    expectToken(system, json(200, { accessToken: "new", expiresIn: 3600, refreshToken: "refresh-2" }));
    const { fields: _, ...known } = token;
    expect(await refreshToken(loginContext(system), token)).toEqual({
      ...known,
      accessToken: "new",
      expiresAt: "2030-01-31T13:00:00Z",
      refreshToken: "refresh-2",
    });
    expect(sentBody(system.requests[0])).toEqual({
      clientId: "id",
      clientSecret: "secret",
      grantType: "refresh_token",
      refreshToken: "refresh-1",
    });
  });

  test("refreshToken() keeps the refresh token when the response has none", async () => {
    const system = fakeSystem();
    expectToken(system, json(200, { accessToken: "new", expiresIn: 3600 }));
    expect((await refreshToken(loginContext(system), token)).refreshToken).toBe("refresh-1");
  });
});

describe("refusesForGood()", () => {
  const answered = (code: string, status = 400) =>
    new Failure("failed", "x", { serviceError: { code, message: "", status } });
  const cases: Record<string, [unknown, boolean]> = {
    "is so for a spent or revoked token": [answered("invalid_grant"), true],
    "is so for a token that ended": [answered("ExpiredTokenException"), true],
    "is so for a client that is not known": [answered("invalid_client", 401), true],
    "is not so for a service that is unwell": [answered("server_error", 500), false],
    "is not so for a throttle": [answered("slow_down"), false],
    "is not so for a network that is down": [new Failure("failed", "no connection"), false],
  };
  for (const [name, [failure, verdict]] of Object.entries(cases)) {
    test(`refusesForGood() ${name}`, () => {
      expect(refusesForGood(failure)).toBe(verdict);
    });
  }
});
