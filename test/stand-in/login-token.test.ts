import { describe, expect, test } from "bun:test";
import { generateKeyPairSync, sign } from "node:crypto";
import { SAMPLE_WORLD } from "./sample-world.ts";
import { signin } from "./signin/federation.ts";
import { postCall } from "./support/ask.ts";
import { testClock } from "./support/clock.ts";
import { createWorld } from "./world/world.ts";

const ANA = "arn:aws:iam::111111111111:user/ana";
const pair = () => generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const { privateKey, publicKey } = pair();
const { x = "", y = "" } = publicKey.export({ format: "jwk" });
const login = { user: ANA, clientId: "same-device", refreshToken: "made-up-refresh", key: { x, y } };
const clock = testClock();
const HOST = "us-east-1.signin.aws.amazon.com";
const seconds = Math.floor(clock.now() / 1000);

const header = { typ: "dpop+jwt", alg: "ES256", jwk: { kty: "EC", crv: "P-256", x, y } };
const claims = {
  jti: "00112233-4455-4677-8899-aabbccddeeff",
  htm: "POST",
  htu: `https://${HOST}/v1/token`,
  iat: seconds,
};

function proof(changed: { header?: object; claims?: object } = {}, key = privateKey): string {
  const parts = [
    { ...header, ...changed.header },
    { ...claims, ...changed.claims },
  ];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const signature = sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" });
  return `${text}.${signature.toString("base64url")}`;
}

const newWorld = () => createWorld({ ...SAMPLE_WORLD, logins: [login] }, clock.now, "test");
const wanted = { clientId: "same-device", grantType: "refresh_token", refreshToken: "made-up-refresh" };

function ask(world = newWorld(), body: object = wanted, dpop: string | undefined = proof()) {
  const headers = Object.entries({ host: HOST, "content-type": "application/json", dpop });
  const { reply } = signin(postCall(HOST, "/v1/token", JSON.stringify(body), headers), world);
  const members: Record<string, unknown> = JSON.parse(Buffer.from(reply.body).toString());
  return { status: reply.status, members };
}

describe("a renewal of aws login", () => {
  test("a renewal of aws login gives new keys of the user and a new refresh token", () => {
    const world = newWorld();
    const { status, members } = ask(world);
    expect(status).toBe(200);
    expect(members).toMatchObject({ tokenType: "aws_sigv4", expiresIn: 900 });
    const keys = new Map(Object.entries(members.accessToken ?? {}));
    expect(world.session(String(keys.get("accessKeyId")))).toMatchObject({ arn: ANA, kind: "login" });
    const next = { ...wanted, refreshToken: members.refreshToken };
    const id = { claims: { jti: "ffffffff-ffff-4fff-bfff-ffffffffffff" } };
    expect(ask(world, next, proof(id)).status).toBe(200);
  });

  test("a renewal of aws login takes each refresh token and each proof once", () => {
    const world = newWorld();
    const { members } = ask(world);
    expect(ask(world).members.error).toBe("TOKEN_EXPIRED");
    expect(ask(world, { ...wanted, refreshToken: members.refreshToken }).members.message).toContain("jti");
  });

  const proofs: Record<string, [proof: string, why: string]> = {
    "none at all": ["", "it is no JWT"],
    "another type": [proof({ header: { typ: "JWT" } }), "typ or alg is wrong"],
    "another key": [proof({ header: { jwk: { ...header.jwk, x: y } } }), "the key is not the one"],
    "a signature by another key": [proof({}, pair().privateKey), "the signature is wrong"],
    "another method": [proof({ claims: { htm: "GET" } }), "htm is wrong"],
    "another URL": [proof({ claims: { htu: "https://signin.aws.amazon.com/v1/token" } }), "is wrong"],
    "another time": [proof({ claims: { iat: seconds - 61 } }), "iat is wrong"],
    "milliseconds for a time": [proof({ claims: { iat: clock.now() } }), "iat is wrong"],
    "an id that is no UUID": [proof({ claims: { jti: "1" } }), "jti is no UUID"],
  };
  for (const [sentence, [text, why]] of Object.entries(proofs)) {
    test(`a renewal of aws login refuses a proof with ${sentence}`, () => {
      const { status, members } = ask(newWorld(), wanted, text);
      expect(status).toBe(400);
      expect(members.message).toContain(why);
    });
  }

  const bodies: Record<string, [body: object, error: string]> = {
    "an unknown refresh token": [{ ...wanted, refreshToken: "x" }, "TOKEN_EXPIRED"],
    "another client": [{ ...wanted, clientId: "x" }, "INVALID_REQUEST"],
    "another grant": [{ ...wanted, grantType: "client_credentials" }, "INVALID_REQUEST"],
    "the wrapper of the service's model": [{ tokenInput: wanted }, "INVALID_REQUEST"],
    "a member that is not wanted": [{ ...wanted, scope: "x" }, "INVALID_REQUEST"],
  };
  for (const [sentence, [body, error]] of Object.entries(bodies)) {
    test(`a renewal of aws login refuses ${sentence}`, () => {
      expect(ask(newWorld(), body).members.error).toBe(error);
    });
  }
});
