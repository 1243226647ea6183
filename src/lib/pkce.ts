/** Proof Key for Code Exchange (RFC 7636). */

/** The characters of a code verifier, 64 of the 66 that RFC 7636 allows. */
const verifierCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A verifier of 64 characters, six bits each. `bytes` are 64 random ones. */
export function codeVerifier(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => verifierCharacters.charAt(byte & 63)).join("");
}

/** The SHA-256 of the verifier, which the authorize URL carries: only the verifier's owner can then use the code. */
export function codeChallenge(verifier: string): string {
  return new Bun.CryptoHasher("sha256").update(verifier).digest("base64url").replace(/=+$/, "");
}
