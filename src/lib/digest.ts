/** Names of files that are made from what they are for. */

/** SHA-1 in hexadecimal, as the AWS CLI names the files of its cache. No secret is hashed here. */
export function sha1Hex(text: string): string {
  return new Bun.CryptoHasher("sha1").update(text).digest("hex");
}

/** SHA-256 in hexadecimal. */
export function sha256Hex(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("hex");
}
