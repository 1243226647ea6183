import { describe, expect, test } from "bun:test";
import {
  createToken,
  oidcError,
  registerClient,
  startDeviceAuthorization,
} from "../../../src/aws/sso/oidc.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { caller, json, oidcUrl, refuses, sentBody } from "../../support/fake-portal.ts";
import { fakeSystem } from "../../support/fake-system.ts";

const client = { clientId: "id", clientSecret: "canary-secret" };

describe("registerClient()", () => {
  test("registerClient() registers a public client and reads the end as seconds", async () => {
    const system = fakeSystem();
    const answer = { clientId: "id", clientSecret: "s", clientSecretExpiresAt: 1_900_000_000 };
    system.expect("POST", `${oidcUrl}/client/register`, json(200, answer));
    const registration = await registerClient(caller(system, oidcUrl), { clientName: "me", scopes: ["a"] });
    expect(registration).toEqual({ clientId: "id", clientSecret: "s", expiresAt: 1_900_000_000_000 });
    expect(sentBody(system.requests[0])).toEqual({ clientName: "me", scopes: ["a"], clientType: "public" });
  });

  test("registerClient() refuses an end that no calendar has", async () => {
    const system = fakeSystem();
    const answer = { clientId: "id", clientSecret: "s", clientSecretExpiresAt: 1e300 };
    system.expect("POST", `${oidcUrl}/client/register`, json(200, answer));
    const failure = await failureOf(() => registerClient(caller(system, oidcUrl), { clientName: "me" }));
    expect(failure.message).toBe(
      "the response to RegisterClient lacks a usable clientId, clientSecret or clientSecretExpiresAt",
    );
  });

  test("registerClient() waits when it is asked to slow down", async () => {
    const system = fakeSystem();
    const answer = { clientId: "id", clientSecret: "s", clientSecretExpiresAt: 1_900_000_000 };
    system.expect("POST", `${oidcUrl}/client/register`, refuses("slow_down"));
    system.expect("POST", `${oidcUrl}/client/register`, json(200, answer));
    await registerClient(caller(system, oidcUrl), { clientName: "me" });
    expect(system.sleeps).toHaveLength(1);
  });
});

describe("startDeviceAuthorization()", () => {
  const device = {
    deviceCode: "device",
    userCode: "ABCD-EFGH",
    verificationUri: "https://device.sso.example/",
    verificationUriComplete: "https://device.sso.example/?user_code=ABCD-EFGH",
    expiresIn: 600,
  };
  const ask = (answer: unknown) => {
    const system = fakeSystem();
    system.expect("POST", `${oidcUrl}/device_authorization`, json(200, answer));
    return startDeviceAuthorization(caller(system, oidcUrl), client, "https://start.example/start");
  };

  test("startDeviceAuthorization() polls every five seconds where the service does not say", async () => {
    expect(await ask(device)).toEqual({ ...device, interval: 5 });
    expect((await ask({ ...device, interval: 0 })).interval).toBe(5);
    expect((await ask({ ...device, interval: 2 })).interval).toBe(2);
  });

  const hostile: Record<string, object> = {
    "an address that starts a program": { verificationUri: "file:///bin/sh", verificationUriComplete: "x:y" },
    "an address with a user name before its host": {
      verificationUri: "https://device.sso.us-east-1.amazonaws.com@evil.example/",
      verificationUriComplete: undefined,
    },
    "an address with a password": { verificationUriComplete: "https://:p@evil.example/", verificationUri: 1 },
    "an address without TLS": { verificationUri: "http://a.example", verificationUriComplete: undefined },
    "a code without end": { expiresIn: 1e300 },
    "a code that moves the cursor": { userCode: "\u001b[2J" },
  };
  for (const [name, members] of Object.entries(hostile)) {
    test(`startDeviceAuthorization() refuses ${name}`, async () => {
      expect((await failureOf(() => ask({ ...device, ...members }))).message).toContain("lacks");
    });
  }

  test("startDeviceAuthorization() shows addresses in the plain characters of a URL", async () => {
    const { verificationUriComplete } = await ask({
      ...device,
      verificationUriComplete: "https://d.example/?a=\u001b[31m b",
    });
    expect(verificationUriComplete).toMatch(/^[!-~]+$/);
  });
});

describe("createToken()", () => {
  const grants: Record<string, [Parameters<typeof createToken>[2], object]> = {
    "a device code": [
      { kind: "device-code", deviceCode: "d" },
      { grantType: "urn:ietf:params:oauth:grant-type:device_code", deviceCode: "d" },
    ],
    "an authorization code": [
      { kind: "authorization-code", code: "c", redirectUri: "http://127.0.0.1:1/x", codeVerifier: "v" },
      { grantType: "authorization_code", code: "c", redirectUri: "http://127.0.0.1:1/x", codeVerifier: "v" },
    ],
    "a refresh token": [
      { kind: "refresh-token", refreshToken: "r" },
      { grantType: "refresh_token", refreshToken: "r" },
    ],
  };
  for (const [name, [grant, members]] of Object.entries(grants)) {
    test(`createToken() trades ${name}`, async () => {
      const system = fakeSystem();
      system.expect(
        "POST",
        `${oidcUrl}/token`,
        json(200, { accessToken: "t", expiresIn: 60, tokenType: "Bearer" }),
      );
      expect(await createToken(caller(system, oidcUrl), client, grant)).toEqual({
        accessToken: "t",
        expiresIn: 60,
      });
      expect(sentBody(system.requests[0])).toEqual({ ...client, ...members });
    });
  }

  const unusable: Record<string, object> = {
    "an end that no calendar has": { accessToken: "canary-token", expiresIn: 1e300 },
    "a token of two lines": { accessToken: "canary-token\r\nx: y", expiresIn: 60 },
    "a token that is not ASCII": { accessToken: "canary-tok\u00e9n", expiresIn: 60 },
  };
  for (const [name, answer] of Object.entries(unusable)) {
    test(`createToken() refuses ${name}, and does not repeat it`, async () => {
      const system = fakeSystem();
      system.expect("POST", `${oidcUrl}/token`, json(200, answer));
      const failure = await failureOf(() =>
        createToken(caller(system, oidcUrl), client, { kind: "device-code", deviceCode: "d" }),
      );
      expect(failure.message).toBe("the response to CreateToken lacks a usable accessToken or expiresIn");
      expect(shownText(failure)).not.toContain("canary");
    });
  }

  test("createToken() leaves out secrets that a refusal repeats", async () => {
    const system = fakeSystem();
    const body = { error: "invalid_grant", error_description: "canary-secret canary-refresh" };
    system.expect("POST", `${oidcUrl}/token`, json(400, body));
    const failure = await failureOf(() =>
      createToken(caller(system, oidcUrl), client, { kind: "refresh-token", refreshToken: "canary-refresh" }),
    );
    expect(shownText(failure)).not.toContain("canary");
    expect(oidcError(failure)).toBe("invalid_grant");
  });
});

describe("oidcError()", () => {
  const answered = (code: string) =>
    new Failure("failed", "x", { serviceError: { code, message: "", status: 400 } });
  test("oidcError() knows an error by its exception as well", () => {
    expect(oidcError(answered("AuthorizationPendingException"))).toBe("authorization_pending");
    expect(oidcError(answered("slow_down"))).toBe("slow_down");
    expect(oidcError(answered("constructor"))).toBe("constructor");
  });

  test("oidcError() is undefined without a response", () => {
    expect(oidcError(new Failure("failed", "x"))).toBeUndefined();
    expect(oidcError(new Error("x"))).toBeUndefined();
  });
});
