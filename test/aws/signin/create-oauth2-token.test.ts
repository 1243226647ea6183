import { describe, expect, test } from "bun:test";
import { generateKeyPairSync } from "node:crypto";
import { resolveEndpoint } from "../../../src/aws/endpoints/resolve-endpoint.ts";
import { createLogin, type LoginGrant, renewLogin } from "../../../src/aws/signin/create-oauth2-token.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { fakeSystem, noon, type SeenRequest } from "../../support/fake-system.ts";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const grant: LoginGrant = {
  clientId: "arn:aws:signin:::devtools/same-device",
  refreshToken: "made-up-refresh-token",
  dpopKey: privateKey.export({ type: "sec1", format: "pem" }).toString(),
  source: "/home/ana/login.json",
};
const endpoint = resolveEndpoint("signin", {
  region: "us-east-1",
  fips: false,
  dualStack: false,
  legacyGlobal: false,
});
const url = "https://us-east-1.signin.aws.amazon.com/v1/token";
const renewed = {
  accessToken: {
    accessKeyId: "ASIANEW",
    secretAccessKey: "made-up-new-secret",
    sessionToken: "made-up-new-token",
  },
  tokenType: "aws_sigv4",
  expiresIn: 900,
  refreshToken: "made-up-rotated",
};

function counter(): () => string {
  let count = 0;
  return () => `id-${++count}`;
}

function claimsOf(request: SeenRequest | undefined): Record<string, unknown> {
  const [, claims = ""] = (request?.headers.dpop ?? "").split(".");
  return JSON.parse(Buffer.from(claims, "base64url").toString());
}

describe("renewLogin()", () => {
  test("renewLogin() trades the refresh token, with a proof and without a signature", async () => {
    const system = fakeSystem();
    system.expect("POST", url, Response.json(renewed));
    expect(await renewLogin({ http: fakeHttpClient(system), endpoint }, grant, counter())).toEqual({
      accessKeyId: "ASIANEW",
      secretAccessKey: "made-up-new-secret",
      sessionToken: "made-up-new-token",
      expiresIn: 900,
      refreshToken: "made-up-rotated",
    });
    const [request] = system.requests;
    expect(JSON.parse(request?.body ?? "")).toEqual({
      clientId: "arn:aws:signin:::devtools/same-device",
      grantType: "refresh_token",
      refreshToken: "made-up-refresh-token",
    });
    expect(request?.headers["content-type"]).toBe("application/json");
    expect(Object.keys(request?.headers ?? {}).join()).not.toMatch(/authorization/i);
    expect(claimsOf(request)).toEqual({ jti: "id-1", htm: "POST", htu: url, iat: noon / 1000 });
  });

  test("renewLogin() does without a new refresh token", async () => {
    const system = fakeSystem();
    const { refreshToken: _, ...rest } = renewed;
    system.expect("POST", url, Response.json(rest));
    const answer = await renewLogin({ http: fakeHttpClient(system), endpoint }, grant, counter());
    expect(answer).not.toHaveProperty("refreshToken");
  });

  test("renewLogin() proves anew for every attempt", async () => {
    const system = fakeSystem();
    system.expect("POST", url, new Response("", { status: 503 }));
    system.expect("POST", url, Response.json({ error: "server_error", message: "again" }, { status: 500 }));
    system.expect("POST", url, Response.json(renewed));
    await renewLogin({ http: fakeHttpClient(system), endpoint }, grant, counter());
    expect(system.requests.map((request) => claimsOf(request).jti)).toEqual(["id-1", "id-2", "id-3"]);
    expect(claimsOf(system.requests[2]).iat).toBe(Math.floor(noon / 1000) + 1);
  });

  test("renewLogin() names a configured endpoint in the proof with its path and port", async () => {
    const system = fakeSystem();
    const custom = { url: "http://127.0.0.1:4566/signin", source: "AWS_ENDPOINT_URL_SIGNIN" };
    const own = resolveEndpoint("signin", {
      region: "us-east-1",
      fips: false,
      dualStack: false,
      legacyGlobal: false,
      custom,
    });
    system.expect("POST", "http://127.0.0.1:4566/signin/v1/token", Response.json(renewed));
    await renewLogin({ http: fakeHttpClient(system), endpoint: own }, grant, counter());
    expect(claimsOf(system.requests[0]).htu).toBe("http://127.0.0.1:4566/signin/v1/token");
  });

  const refusals: Record<string, [status: number, error: string]> = {
    "that the sign-in has ended": [401, "TOKEN_EXPIRED"],
    "that the password was changed": [403, "USER_CREDENTIALS_CHANGED"],
    "that a permission is missing": [403, "INSUFFICIENT_PERMISSIONS"],
    "that the request is wrong": [400, "INVALID_REQUEST"],
  };
  for (const [sentence, [status, error]] of Object.entries(refusals)) {
    test(`renewLogin() says by the error in the body, at once, ${sentence}`, async () => {
      const system = fakeSystem();
      const headers = { "x-amzn-errortype": "AccessDeniedException", "x-amzn-requestid": "request-1" };
      const message = "not with made-up-refresh-token";
      system.expect("POST", url, Response.json({ error, message }, { status, headers }));
      const failure = await failureOf(() =>
        renewLogin({ http: fakeHttpClient(system), endpoint }, grant, counter()),
      );
      expect(failure.serviceError).toMatchObject({ code: error, status, requestId: "request-1" });
      expect(failure.message).toBe(`${error}: not with (a secret, left out)`);
    });
  }

  const unusable: Record<string, unknown> = {
    "no keys": { ...renewed, accessToken: undefined },
    "keys without a secret": { ...renewed, accessToken: { ...renewed.accessToken, secretAccessKey: "" } },
    "keys without a token": { ...renewed, accessToken: { ...renewed.accessToken, sessionToken: undefined } },
    "keys that are text": { ...renewed, accessToken: "made-up" },
    "no end": { ...renewed, expiresIn: undefined },
    "an end in the past": { ...renewed, expiresIn: -1 },
    "an end that no calendar has": { ...renewed, expiresIn: 1e300 },
  };
  for (const [sentence, answer] of Object.entries(unusable)) {
    test(`renewLogin() refuses a response with ${sentence}`, async () => {
      const system = fakeSystem();
      system.expect("POST", url, Response.json(answer));
      const failure = await failureOf(() =>
        renewLogin({ http: fakeHttpClient(system), endpoint }, grant, counter()),
      );
      expect(failure.message).toBe(
        "the response to CreateOAuth2Token lacks a usable accessKeyId, secretAccessKey, sessionToken or expiresIn",
      );
      expect(shownText(failure)).not.toContain("made-up");
    });
  }

  test("renewLogin() takes a page for what it is", async () => {
    const system = fakeSystem();
    system.expect("POST", url, new Response("<html>made-up", { headers: { "content-type": "text/html" } }));
    const failure = await failureOf(() =>
      renewLogin({ http: fakeHttpClient(system), endpoint }, grant, counter()),
    );
    expect(failure.message).toContain("not a JSON object");
    expect(shownText(failure)).not.toContain("made-up");
  });
});

describe("createLogin()", () => {
  const code = {
    clientId: grant.clientId,
    code: "made-up-code",
    codeVerifier: "made-up-verifier",
    redirectUri: "http://127.0.0.1:1/oauth/callback",
    dpopKey: grant.dpopKey,
  };

  test("createLogin() trades the code, with a proof of the new key", async () => {
    const system = fakeSystem();
    system.expect("POST", url, Response.json({ ...renewed, idToken: "made-up-id" }));
    const login = await createLogin({ http: fakeHttpClient(system), endpoint }, code, counter());
    expect(login).toMatchObject({
      accessKeyId: "ASIANEW",
      refreshToken: "made-up-rotated",
      idToken: "made-up-id",
    });
    const { dpopKey: _, ...sent } = code;
    expect(JSON.parse(system.requests[0]?.body ?? "")).toEqual({ ...sent, grantType: "authorization_code" });
    expect(claimsOf(system.requests[0])).toMatchObject({ htm: "POST", htu: url, jti: "id-1" });
  });

  for (const member of ["refreshToken", "idToken"]) {
    test(`createLogin() refuses a response without ${member}`, async () => {
      const system = fakeSystem();
      system.expect("POST", url, Response.json({ ...renewed, idToken: "made-up-id", [member]: "" }));
      const failure = await failureOf(() =>
        createLogin({ http: fakeHttpClient(system), endpoint }, code, counter()),
      );
      expect(failure.message).toContain("refreshToken or idToken");
      expect(shownText(failure)).not.toContain("made-up");
    });
  }
});
