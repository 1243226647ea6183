/** What a password protects in PKCS#8 keys and PKCS#12 files: the encryption of PKCS#12, or PBES2. */
import { type DerElement, derChildren, derObjectIdentifier, derTags } from "../../../lib/der.ts";
import type { Crypto } from "./decipher.ts";
import { decryptPbes2 } from "./pbes2.ts";
import { bmpString, decryptPkcs12, isPkcs12Scheme } from "./pkcs12-encryption.ts";

/** A password as text, and as the derivation of RFC 7292 takes it. */
export interface Password {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** A password as a person types it. */
export function typedPassword(text: string): Password {
  return { text, bytes: bmpString(text) };
}

/**
 * Decrypts what an AlgorithmIdentifier protects. Throws a Failure for a wrong password, for an encryption that is not
 * supported, and for damaged DER.
 */
export function decryptWithPassword(
  algorithm: DerElement | undefined,
  data: Uint8Array,
  { text, bytes }: Password,
  crypto: Crypto,
): Uint8Array {
  const [name, parameters] = derChildren(algorithm, derTags.sequence);
  const scheme = derObjectIdentifier(name);
  return isPkcs12Scheme(scheme)
    ? decryptPkcs12(scheme, parameters, data, bytes, crypto)
    : decryptPbes2(scheme, parameters, data, text, crypto);
}
