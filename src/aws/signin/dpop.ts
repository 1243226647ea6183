/** The proof that a token request comes from the client that signed in: RFC 9449 with ES256, as AWS's sign-in service requires it. */
import { Failure } from "../../lib/errors.ts";

export interface DpopProof {
  /** The full URL of the token endpoint, without a query. */
  readonly url: string;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  /** A UUID of its own for every attempt. */
  readonly id: string;
}

/**
 * Signs a proof with a P-256 key in PEM (SEC1 or PKCS #8). Throws a Failure that names the key by `source` when it is
 * no such key.
 */
export async function dpopProof(proof: DpopProof, keyPem: string, source: string): Promise<string> {
  const { createPrivateKey, createPublicKey, sign } = await import("node:crypto");
  let key: ReturnType<typeof createPrivateKey>;
  try {
    key = createPrivateKey(keyPem);
  } catch (error) {
    // What the library says may quote the key.
    throw unusable(source, "it cannot be read", error);
  }
  if (key.asymmetricKeyDetails?.namedCurve !== "prime256v1") {
    throw unusable(source, "it is not a private key of the curve P-256", undefined);
  }
  const { x, y } = createPublicKey(key).export({ format: "jwk" });
  const header = { typ: "dpop+jwt", alg: "ES256", jwk: { kty: "EC", crv: "P-256", x, y } };
  const claims = { jti: proof.id, htm: "POST", htu: proof.url, iat: proof.issuedAt };
  const input = `${base64Url(JSON.stringify(header))}.${base64Url(JSON.stringify(claims))}`;
  // Raw r and s of 32 bytes each, which JWTs take; the library's own form is DER.
  const signature = sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });
  return `${input}.${signature.toString("base64url")}`;
}

/** A new P-256 key in the form that the AWS CLI stores: SEC1 in PEM. */
export async function newDpopKey(): Promise<string> {
  const { generateKeyPairSync } = await import("node:crypto");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return privateKey.export({ type: "sec1", format: "pem" }).toString();
}

function base64Url(text: string): string {
  return Buffer.from(text).toString("base64url");
}

function unusable(source: string, why: string, cause: unknown): Failure {
  return new Failure("failed", `cannot use the key of ${source}: ${why}`, {
    hints: ["sign in again with: aws-login login"],
    cause,
  });
}
