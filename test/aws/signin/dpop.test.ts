import { describe, expect, test } from "bun:test";
import { createPrivateKey, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { dpopProof, newDpopKey } from "../../../src/aws/signin/dpop.ts";
import { failureOf, shownText } from "../../support/failure.ts";

/** A published example key, as the AWS CLI writes one: SEC1. */
const sec1 = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIBMB/RwQERsVoqWRQG4zK8CnaAa5dfrpbm+9tFdBh3z4oAoGCCqGSM49
AwEHoUQDQgAEWb1VLi1EA2hJaTz4yYuxSELvY+1GAfL+8rUTCAdiFid87Bf6GY+s
2+1RpqDv0RpZiDIMCrZrsAh+RK9S3QCaGA==
-----END EC PRIVATE KEY-----
`;
const x = "Wb1VLi1EA2hJaTz4yYuxSELvY-1GAfL-8rUTCAdiFic";
const y = "fOwX-hmPrNvtUaag79EaWYgyDAq2a7AIfkSvUt0Amhg";

const proof = {
  url: "https://us-east-1.signin.aws.amazon.com/v1/token",
  issuedAt: 1_896_087_600,
  id: "00112233-4455-4677-8899-aabbccddeeff",
};
const parts = (jwt: string) => jwt.split(".").map((part) => Buffer.from(part, "base64url"));

describe("dpopProof()", () => {
  test("dpopProof() states its type, its algorithm and the public key", async () => {
    const [header] = parts(await dpopProof(proof, sec1, "the file"));
    expect(header?.toString()).toBe(
      `{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"${x}","y":"${y}"}}`,
    );
  });

  test("dpopProof() claims the method, the URL, the second and an id", async () => {
    const [, claims] = parts(await dpopProof(proof, sec1, "the file"));
    expect(JSON.parse(claims?.toString() ?? "")).toEqual({
      jti: "00112233-4455-4677-8899-aabbccddeeff",
      htm: "POST",
      htu: "https://us-east-1.signin.aws.amazon.com/v1/token",
      iat: 1_896_087_600,
    });
  });

  test("dpopProof() signs both parts, with r and s of 32 bytes each", async () => {
    const jwt = await dpopProof(proof, sec1, "the file");
    const signature = parts(jwt)[2] ?? Buffer.alloc(0);
    expect(signature.length).toBe(64);
    const signed = Buffer.from(jwt.slice(0, jwt.lastIndexOf(".")));
    const key = createPublicKey(sec1);
    expect(verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, signature)).toBe(true);
  });

  test("dpopProof() is three parts of base64url without padding", async () => {
    expect(await dpopProof(proof, sec1, "the file")).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{86}$/);
  });

  test("dpopProof() takes the same key in PKCS #8, and without a final line end", async () => {
    const pkcs8 = createPrivateKey(sec1).export({ type: "pkcs8", format: "pem" }).toString().trimEnd();
    expect(pkcs8).toStartWith("-----BEGIN PRIVATE KEY-----");
    const [header] = parts(await dpopProof(proof, pkcs8, "the file"));
    expect(JSON.parse(header?.toString() ?? "").jwk).toEqual({ kty: "EC", crv: "P-256", x, y });
  });

  const otherCurve = generateKeyPairSync("ec", { namedCurve: "secp384r1" });
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const sec1Of = (key: typeof otherCurve.privateKey) =>
    key.export({ type: "pkcs8", format: "pem" }).toString();
  const wrong: Record<string, [pem: string, why: string]> = {
    "text that is no key": ["made-up-secret", "it cannot be read"],
    "a key that was cut off": [sec1.slice(0, 120), "it cannot be read"],
    "a key of another curve": [sec1Of(otherCurve.privateKey), "it is not a private key of the curve P-256"],
    "a key of another kind": [sec1Of(rsa.privateKey), "it is not a private key of the curve P-256"],
    "a public key": [
      createPublicKey(sec1).export({ type: "spki", format: "pem" }).toString(),
      "it cannot be read",
    ],
  };
  for (const [sentence, [pem, why]] of Object.entries(wrong)) {
    test(`dpopProof() names the source of ${sentence}, and does not show it`, async () => {
      const failure = await failureOf(() => dpopProof(proof, pem, "/home/ana/login.json"));
      expect(failure.message).toBe(`cannot use the key of /home/ana/login.json: ${why}`);
      expect(shownText(failure)).not.toContain("made-up");
    });
  }
});

test("newDpopKey() is a key of its own each time, in the form that the AWS CLI stores", async () => {
  const [one, other] = [await newDpopKey(), await newDpopKey()];
  expect(one).toMatch(/^-----BEGIN EC PRIVATE KEY-----\n(.{1,64}\n)+-----END EC PRIVATE KEY-----\n$/);
  expect(other).not.toBe(one);
  expect(
    (await dpopProof({ url: "https://x.example", issuedAt: 1, id: "i" }, one, "x")).split("."),
  ).toHaveLength(3);
});
