/**
 * Opens encrypted PKCS#8 keys (RFC 5958, PBES2 of RFC 8018, scrypt of RFC 7914). The runtime's own reader knows neither
 * PBKDF2 with HMAC-SHA-512 nor scrypt, so the structure is read here; every cipher and derivation is the runtime's.
 */
import {
  type DerElement,
  derChildren,
  derContent,
  derObjectIdentifier,
  derSmallInteger,
  derTags,
  readDer,
} from "../../../lib/der.ts";
import { errorCode, Failure } from "../../../lib/errors.ts";

type Crypto = typeof import("node:crypto");

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

/** More rounds than any tool writes; a file must not be able to keep the program busy for minutes. */
const mostIterations = 10_000_000;
/** Bytes: 8 times what `openssl pkcs8 -scrypt` takes. */
const mostScryptMemory = 128 * 1024 * 1024;

/**
 * The PKCS#8 key in an EncryptedPrivateKeyInfo, as DER. Throws a Failure for a wrong password, for an encryption that is
 * not supported, and for damaged DER.
 */
export function openEncryptedKey(encrypted: Uint8Array, password: string, crypto: Crypto): Uint8Array {
  const [algorithm, data] = derChildren(readDer(encrypted), derTags.sequence);
  return decryptPbes2(algorithm, derContent(data, derTags.octetString), password, crypto);
}

/** Decrypts what an AlgorithmIdentifier of PBES2 protects. Throws a Failure, as `openEncryptedKey()` does. */
export function decryptPbes2(
  algorithm: DerElement | undefined,
  data: Uint8Array,
  password: string,
  crypto: Crypto,
): Uint8Array {
  const [scheme, parameters] = derChildren(algorithm, derTags.sequence);
  const name = derObjectIdentifier(scheme);
  if (name !== pbes2) throw unsupported(`the encryption scheme ${name}`);
  const [derivation, encryption] = derChildren(parameters, derTags.sequence);
  const [cipherName, initialVector] = derChildren(encryption, derTags.sequence);
  const cipher = ciphers[derObjectIdentifier(cipherName)];
  if (cipher === undefined) throw unsupported(`the cipher ${derObjectIdentifier(cipherName)}`);
  const [cipherText, keyLength] = cipher;
  const key = deriveKey(derivation, keyLength, password, crypto);
  return decrypt(crypto, cipherText, key, derContent(initialVector, derTags.octetString), data);
}

/** Throws the Failure of a wrong password where the padding does not fit. */
export function decrypt(
  crypto: Crypto,
  cipher: string,
  key: Uint8Array,
  initialVector: Uint8Array,
  data: Uint8Array,
): Uint8Array {
  try {
    const decipher = crypto.createDecipheriv(cipher, key, initialVector);
    return new Uint8Array(Buffer.concat([decipher.update(data), decipher.final()]));
  } catch (error) {
    if (/UNSUPPORTED|UNKNOWN_CIPHER/.test(errorCode(error))) throw unsupported(`the cipher ${cipher}`);
    throw wrongPassword(error);
  }
}

export function wrongPassword(cause?: unknown): Failure {
  return new Failure("failed", "its password is wrong", {
    hints: ["give the right one with --private-key-password-file FILE, or type it when asked"],
    cause,
  });
}

/** The Failure for a form that this program does not read, with the command that converts the key. */
export function unsupported(what: string): Failure {
  return new Failure("failed", `${what} is not supported`, {
    hints: [
      "convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -in KEY -out NEW-KEY",
    ],
  });
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
    const iterations = derSmallInteger(iterationElement);
    if (iterations < 1 || iterations > mostIterations)
      throw unsupported(`PBKDF2 with ${iterations} iterations`);
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
