/**
 * The encryption PBES2 (RFC 8018), with PBKDF2 or scrypt (RFC 7914). The runtime's own reader knows neither PBKDF2 with
 * HMAC-SHA-512 nor scrypt, so the structure is read here; every cipher and derivation is the runtime's.
 */
import {
  type DerElement,
  derChildren,
  derContent,
  derObjectIdentifier,
  derSmallInteger,
  derTags,
} from "../../../lib/der.ts";
import { type Crypto, checkedIterations, decrypt, unsupported } from "./decipher.ts";

const pbes2 = "1.2.840.113549.1.5.13";
const pbkdf2 = "1.2.840.113549.1.5.12";
const scrypt = "1.3.6.1.4.1.11591.4.11";

/** The pseudo-random functions of PBKDF2, as digests. Without a name it is HMAC with SHA-1. */
const digests: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.7": "sha1",
  "1.2.840.113549.2.8": "sha224",
  "1.2.840.113549.2.9": "sha256",
  "1.2.840.113549.2.10": "sha384",
  "1.2.840.113549.2.11": "sha512",
};

/** Key length in bytes, by cipher. */
const ciphers: Readonly<Record<string, readonly [name: string, keyLength: number]>> = {
  "2.16.840.1.101.3.4.1.2": ["aes-128-cbc", 16],
  "2.16.840.1.101.3.4.1.22": ["aes-192-cbc", 24],
  "2.16.840.1.101.3.4.1.42": ["aes-256-cbc", 32],
  "1.2.840.113549.3.7": ["des-ede3-cbc", 24],
};

/** Bytes: 8 times what `openssl pkcs8 -scrypt` takes. */
const mostScryptMemory = 128 * 1024 * 1024;

/** Decrypts what PBES2 with these parameters protects. Throws a Failure, for another scheme too. */
export function decryptPbes2(
  scheme: string,
  parameters: DerElement | undefined,
  data: Uint8Array,
  password: string,
  crypto: Crypto,
): Uint8Array {
  if (scheme !== pbes2) throw unsupported(`the encryption scheme ${scheme}`);
  const [derivation, encryption] = derChildren(parameters, derTags.sequence);
  const [cipherName, initialVector] = derChildren(encryption, derTags.sequence);
  const cipher = ciphers[derObjectIdentifier(cipherName)];
  if (cipher === undefined) throw unsupported(`the cipher ${derObjectIdentifier(cipherName)}`);
  const [cipherText, keyLength] = cipher;
  const key = deriveKey(derivation, keyLength, password, crypto);
  return decrypt(crypto, cipherText, key, derContent(initialVector, derTags.octetString), data);
}

function deriveKey(
  derivation: DerElement | undefined,
  keyLength: number,
  password: string,
  crypto: Crypto,
): Uint8Array {
  const [name, parameters] = derChildren(derivation, derTags.sequence);
  const method = derObjectIdentifier(name);
  const [saltElement, ...rest] = derChildren(parameters, derTags.sequence);
  const salt = derContent(saltElement, derTags.octetString);
  if (method === pbkdf2) {
    const [iterationElement, ...options] = rest;
    const iterations = checkedIterations(iterationElement, "PBKDF2");
    // The key length may stand between the iterations and the function.
    const prf = options.find(({ tag }) => tag === derTags.sequence);
    const digestName = prf === undefined ? undefined : derObjectIdentifier(derChildren(prf)[0]);
    const digest = digestName === undefined ? "sha1" : digests[digestName];
    if (digest === undefined) throw unsupported(`the function ${digestName} of PBKDF2`);
    return crypto.pbkdf2Sync(password, salt, iterations, keyLength, digest);
  }
  if (method === scrypt) {
    const [N = 0, r = 0, p = 0] = rest.slice(0, 3).map(derSmallInteger);
    const isPowerOfTwo = N > 1 && Number.isInteger(Math.log2(N));
    if (!isPowerOfTwo || r < 1 || p < 1 || 128 * N * r > mostScryptMemory || p > 16)
      throw unsupported(`scrypt with N=${N}, r=${r}, p=${p}`);
    return crypto.scryptSync(password, salt, keyLength, { N, r, p, maxmem: 2 * mostScryptMemory });
  }
  throw unsupported(`the key derivation ${method}`);
}
