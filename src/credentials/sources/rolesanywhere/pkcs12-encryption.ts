/**
 * The encryption of PKCS#12 itself (RFC 7292 appendixes B and C), which older tools write in PKCS#12 files and in PKCS#8
 * keys. Every cipher and digest is the runtime's.
 */
import { type DerElement, derChildren, derContent, derTags } from "../../../lib/der.ts";
import { type Crypto, checkedIterations, decrypt } from "./decipher.ts";

/** The schemes of RFC 7292 appendix C that OpenSSL 1 and Windows still write. */
const legacySchemes: Readonly<Record<string, readonly [cipher: string, keyLength: number]>> = {
  "1.2.840.113549.1.12.1.3": ["des-ede3-cbc", 24],
  "1.2.840.113549.1.12.1.6": ["rc2-40-cbc", 5],
};

/** Whether an encryption scheme, by its object identifier, is one of those that `decryptPkcs12()` knows. */
export function isPkcs12Scheme(name: string): boolean {
  return Object.hasOwn(legacySchemes, name);
}

/** Decrypts what a scheme with these parameters protects. Throws a Failure, as `decrypt()` does. */
export function decryptPkcs12(
  scheme: string,
  parameters: DerElement | undefined,
  data: Uint8Array,
  password: Uint8Array,
  crypto: Crypto,
): Uint8Array {
  const [cipher, keyLength] = legacySchemes[scheme] ?? ["", 0];
  const [saltElement, iterationElement] = derChildren(parameters, derTags.sequence);
  const salt = derContent(saltElement, derTags.octetString);
  const iterations = checkedIterations(iterationElement, "PKCS#12");
  const derive = (purpose: number, length: number) =>
    derivePkcs12({ purpose, password, salt, iterations, length, digest: "sha1", blockLength: 64 }, crypto);
  return decrypt(crypto, cipher, derive(1, keyLength), derive(2, 8), data);
}

export interface Derivation {
  /** 1 for a key, 2 for an initial vector, 3 for the integrity check. */
  readonly purpose: number;
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** Bytes wanted. */
  readonly length: number;
  readonly digest: string;
  /** Bytes of the digest's block. */
  readonly blockLength: number;
}

/** The key derivation of RFC 7292 appendix B.2, with its letters. */
export function derivePkcs12(derivation: Derivation, crypto: Crypto): Uint8Array {
  const { purpose, salt, iterations, length, digest, blockLength: v } = derivation;
  const D = new Uint8Array(v).fill(purpose);
  const I = new Uint8Array([...filled(salt, v), ...filled(derivation.password, v)]);
  const result: number[] = [];
  while (result.length < length) {
    let A: Uint8Array = crypto.createHash(digest).update(D).update(I).digest();
    for (let round = 1; round < iterations; round++) A = crypto.createHash(digest).update(A).digest();
    result.push(...A);
    addToBlocks(I, filled(A, v).subarray(0, v), v);
  }
  return new Uint8Array(result.slice(0, length));
}

/** Repeats the bytes until they fill whole blocks; no bytes stay none. */
function filled(bytes: Uint8Array, blockLength: number): Uint8Array {
  const length = blockLength * Math.ceil(bytes.length / blockLength);
  return Uint8Array.from({ length }, (_, index) => bytes[index % bytes.length] ?? 0);
}

/** Adds `B + 1` to each block of `I`, as big-endian numbers, dropping the carry. */
function addToBlocks(I: Uint8Array, B: Uint8Array, blockLength: number): void {
  for (let start = 0; start < I.length; start += blockLength) {
    let carry = 1;
    for (let at = blockLength - 1; at >= 0; at--) {
      carry += (I[start + at] ?? 0) + (B[at] ?? 0);
      I[start + at] = carry & 0xff;
      carry >>= 8;
    }
  }
}

/** UTF-16 in big-endian order with a final zero, the form of a password in PKCS#12. */
export function bmpString(password: string): Uint8Array {
  const bytes = new Uint8Array(2 * password.length + 2);
  for (let at = 0; at < password.length; at++) {
    const code = password.charCodeAt(at);
    bytes[2 * at] = code >> 8;
    bytes[2 * at + 1] = code & 0xff;
  }
  return bytes;
}
