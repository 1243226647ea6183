/** Digests that name files, and fingerprints of their content. */

/** SHA-1 in hexadecimal, as the AWS CLI names the files of its cache. No secret is hashed here. */
export function sha1Hex(text: string): string {
  return new Bun.CryptoHasher("sha1").update(text).digest("hex");
}

/** SHA-256 in hexadecimal. */
export function sha256Hex(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("hex");
}

/**
 * The fingerprint of a file's content: equal for equal text. A `Uint8Array` holds the text as UTF-8, without a byte order
 * mark. 64 bits do not protect against content that is made to collide, and need not: a user who can write these files
 * can choose the identity anyway.
 */
export function contentFingerprint(content: string | Uint8Array<ArrayBuffer>): string {
  return `${Bun.hash(content)}`;
}
