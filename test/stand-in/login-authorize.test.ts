import { describe, expect, test } from "bun:test";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { SAMPLE_WORLD } from "./sample-world.ts";
import { signin } from "./signin/federation.ts";
import { postCall } from "./support/ask.ts";
import { testClock } from "./support/clock.ts";
import { createWorld, type World } from "./world/world.ts";

const HOST = "us-east-1.signin.aws.amazon.com";
const ANA = "arn:aws:iam::111111111111:user/ana";
const clock = testClock();
const newWorld = () => createWorld(SAMPLE_WORLD, clock.now, "test");

const verifier = "v".repeat(43);
const redirectUri = "http://127.0.0.1:4321/oauth/callback";
const clientId = "arn:aws:signin:::devtools/same-device";
const right = {
  response_type: "code",
  client_id: clientId,
  state: "07070707-0707-4707-8707-070707070707",
  code_challenge_method: "SHA-256",
  scope: "openid",
  redirect_uri: redirectUri,
  code_challenge: createHash("sha256").update(verifier).digest("base64url"),
};

function authorize(world: World, changed: Record<string, string> = {}) {
  const query = new URLSearchParams({ ...right, ...changed }).toString();
  const { reply } = signin({ ...postCall(HOST, "/v1/authorize", "", []), method: "GET", query }, world);
  const location = reply.headers.find(([name]) => name === "Location")?.[1];
  return { status: reply.status, location };
}

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const { x, y } = publicKey.export({ format: "jwk" });
let count = 0;

function trade(world: World, changed: Record<string, string>) {
  const jti = `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`;
  const parts = [
    { typ: "dpop+jwt", alg: "ES256", jwk: { kty: "EC", crv: "P-256", x, y } },
    { jti, htm: "POST", htu: `https://${HOST}/v1/token`, iat: Math.floor(clock.now() / 1000) },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const text = parts.join(".");
  const signature = sign("sha256", Buffer.from(text), { key: privateKey, dsaEncoding: "ieee-p1363" });
  const headers = Object.entries({
    host: HOST,
    "content-type": "application/json",
    dpop: `${text}.${signature.toString("base64url")}`,
  });
  const body = { clientId, grantType: "authorization_code", codeVerifier: verifier, redirectUri, ...changed };
  const { reply } = signin(postCall(HOST, "/v1/token", JSON.stringify(body), headers), world);
  const members: Record<string, unknown> = JSON.parse(Buffer.from(reply.body).toString());
  return { status: reply.status, members };
}

const codeOf = (world: World) => new URL(authorize(world).location ?? "").searchParams.get("code") ?? "";

describe("the authorize page of aws login", () => {
  test("the authorize page leads back with a code that works once, and names the identity", () => {
    const world = newWorld();
    const { status, location = "" } = authorize(world);
    expect(status).toBe(302);
    expect(location).toStartWith(`${redirectUri}?code=`);
    const code = new URL(location).searchParams.get("code") ?? "";
    const { members } = trade(world, { code });
    const [, payload = ""] = String(members.idToken).split(".");
    expect(JSON.parse(Buffer.from(payload, "base64url").toString()).sub).toBe(ANA);
    expect(trade(world, { code }).members.error).toBe("AUTHCODE_EXPIRED");
  });

  const pages: Record<string, Record<string, string>> = {
    "the method of Identity Center": { code_challenge_method: "S256" },
    "another client": { client_id: "arn:aws:signin:::devtools/other" },
    "another host to come back to": { redirect_uri: "http://evil.example/oauth/callback" },
    "the page of another device": { redirect_uri: `https://${HOST}/v1/sessions/confirmation` },
    "another scope": { scope: "profile" },
    "a parameter of Identity Center": { scopes: "openid" },
  };
  for (const [name, changed] of Object.entries(pages)) {
    test(`the authorize page refuses ${name}`, () => expect(authorize(newWorld(), changed).status).toBe(400));
  }

  const exchanges: Record<string, Record<string, string>> = {
    "another verifier": { codeVerifier: "w".repeat(43) },
    "another address": { redirectUri: "http://127.0.0.1:1/oauth/callback" },
    "another client": { clientId: "arn:aws:signin:::devtools/cross-device" },
    "a member that is not wanted": { refreshToken: "x" },
  };
  for (const [name, changed] of Object.entries(exchanges)) {
    test(`the exchange of the code refuses ${name}`, () => {
      const world = newWorld();
      expect(trade(world, { code: codeOf(world), ...changed }).members.error).toBe("INVALID_REQUEST");
    });
  }
});
