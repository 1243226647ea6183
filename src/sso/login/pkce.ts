/** The secret of an authorization code flow, and what is told of it beforehand (RFC 7636). */

const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** 64 characters of six bits each, all of them ones that a verifier may have. `bytes` are 64 random ones. */
export function codeVerifier(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => characters.charAt(byte & 63)).join("");
}

/** What the service is told beforehand, so that only who knows the verifier can use the code. */
export function codeChallenge(verifier: string): string {
  return new Bun.CryptoHasher("sha256").update(verifier).digest("base64url").replace(/=+$/, "");
}
