import { createPublicKey, verify } from "node:crypto";

/** What a proof is checked against. */
export interface ProofExpectation {
  readonly key: { readonly x: string; readonly y: string };
  /** Any of these is the URL of the token endpoint. */
  readonly urls: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Ids that were used already; the proof's own is added. */
  readonly spent: Set<string>;
}

/** A minute either way is enough for honest clocks. */
const TOLERANCE = 60;

/** What is wrong with a DPoP proof (RFC 9449, ES256), or undefined. */
export function proofProblem(proof: string | undefined, expected: ProofExpectation): string | undefined {
  const parts = (proof ?? "").split(".");
  const [header, claims] = parts.slice(0, 2).map(readPart);
  if (parts.length !== 3 || header === undefined || claims === undefined) return "it is no JWT";
  if (header.typ !== "dpop+jwt" || header.alg !== "ES256") return "typ or alg is wrong";
  const { jwk } = header;
  const { x, y } = expected.key;
  if (!isRecord(jwk) || jwk.kty !== "EC" || jwk.crv !== "P-256" || jwk.x !== x || jwk.y !== y) {
    return "the key is not the one that the token is bound to";
  }
  const signature = Buffer.from(parts[2] ?? "", "base64url");
  const key = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  const signed = Buffer.from(parts.slice(0, 2).join("."));
  if (signature.length !== 64 || !verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, signature)) {
    return "the signature is wrong";
  }
  if (claims.htm !== "POST") return "htm is wrong";
  if (typeof claims.htu !== "string" || !expected.urls.includes(claims.htu))
    return `htu ${claims.htu} is wrong`;
  const seconds = Math.floor(expected.now / 1000);
  if (typeof claims.iat !== "number" || Math.abs(claims.iat - seconds) > TOLERANCE) return "iat is wrong";
  const id = claims.jti;
  if (
    typeof id !== "string" ||
    !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)
  ) {
    return "jti is no UUID of version 4";
  }
  if (expected.spent.has(id)) return "jti was used already";
  expected.spent.add(id);
  return undefined;
}

/** The public key in a proof; undefined where it holds none. The proof itself is still to be checked. */
export function keyOfProof(proof: string | undefined): ProofExpectation["key"] | undefined {
  const jwk = readPart((proof ?? "").split(".")[0] ?? "")?.jwk;
  if (!isRecord(jwk) || typeof jwk.x !== "string" || typeof jwk.y !== "string") return undefined;
  const isWhole = [jwk.x, jwk.y].every((part) => Buffer.from(part, "base64url").length === 32);
  return isWhole ? { x: jwk.x, y: jwk.y } : undefined;
}

function readPart(part: string): Record<string, unknown> | undefined {
  if (!/^[\w-]+$/.test(part)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
