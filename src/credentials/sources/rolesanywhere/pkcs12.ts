/**
 * Opens PKCS#12 files (RFC 7292): one private key and its certificates, under one password. The structure is read here;
 * every cipher and digest is the runtime's.
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
import { Failure } from "../../../lib/errors.ts";
import { decrypt, decryptPbes2, unsupported } from "./pkcs8.ts";

type Crypto = typeof import("node:crypto");

export interface Pkcs12Content {
  /** PKCS#8 DER, one for each key. */
  readonly keys: readonly Uint8Array[];
  /** X.509 DER, in the order of the file. */
  readonly certificates: readonly Uint8Array[];
}

const dataType = "1.2.840.113549.1.7.1";
const encryptedDataType = "1.2.840.113549.1.7.6";
const bag = "1.2.840.113549.1.12.10.1.";
const keyBag = `${bag}1`;
const shroudedKeyBag = `${bag}2`;
const certificateBag = `${bag}3`;
const x509Certificate = "1.2.840.113549.1.9.22.1";

/** The schemes of RFC 7292 appendix C that OpenSSL 1 and Windows still write. */
const legacySchemes: Readonly<Record<string, readonly [cipher: string, keyLength: number]>> = {
  "1.2.840.113549.1.12.1.3": ["des-ede3-cbc", 24],
  "1.2.840.113549.1.12.1.6": ["rc2-40-cbc", 5],
};

/** Digests of the integrity check, with the size of the digest's block in bytes. */
const macDigests: Readonly<Record<string, readonly [name: string, blockLength: number]>> = {
  "1.3.14.3.2.26": ["sha1", 64],
  "2.16.840.1.101.3.4.2.1": ["sha256", 64],
  "2.16.840.1.101.3.4.2.2": ["sha384", 128],
  "2.16.840.1.101.3.4.2.3": ["sha512", 128],
};

const mostIterations = 10_000_000;

/** A password as text, and as the derivation of RFC 7292 takes it. */
interface Password {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/**
 * Undefined when the file's integrity check says that the password is another one. Throws a Failure for a form that is not
 * supported, and for damaged DER.
 */
export function openPkcs12(file: Uint8Array, text: string, crypto: Crypto): Pkcs12Content | undefined {
  const [version, authSafe, macData] = derChildren(readDer(file), derTags.sequence);
  if (derSmallInteger(version) !== 3) throw unsupported("this version of PKCS#12");
  const content = derContent(dataOf(authSafe), derTags.octetString);
  const password = passwords(text).find(
    (candidate) => macData === undefined || fitsMac(macData, content, candidate, crypto),
  );
  return password === undefined ? undefined : readSafe(content, password, crypto);
}

/** Tools write "no password" in two ways: as an empty text, and as no bytes at all. */
function passwords(text: string): Password[] {
  const typed = { text, bytes: bmpString(text) };
  return text === "" ? [typed, { text, bytes: new Uint8Array() }] : [typed];
}

function readSafe(content: Uint8Array, password: Password, crypto: Crypto): Pkcs12Content {
  const keys: Uint8Array[] = [];
  const certificates: Uint8Array[] = [];
  for (const info of derChildren(readDer(content), derTags.sequence)) {
    for (const safeBag of derChildren(readDer(safeContents(info, password, crypto)), derTags.sequence)) {
      const [type, value] = derChildren(safeBag, derTags.sequence);
      const [inner] = derChildren(value, derTags.context(0));
      const name = derObjectIdentifier(type);
      if (name === keyBag && inner !== undefined) keys.push(inner.encoding);
      else if (name === shroudedKeyBag) keys.push(shroudedKey(inner, password, crypto));
      else if (name === certificateBag) certificates.push(...certificateOf(inner));
    }
  }
  return { keys, certificates };
}

/** The content of a ContentInfo of type data. */
function dataOf(info: DerElement | undefined): DerElement | undefined {
  const [type, content] = derChildren(info, derTags.sequence);
  if (derObjectIdentifier(type) !== dataType)
    throw unsupported("a PKCS#12 file that is signed, not sealed by a password,");
  return derChildren(content, derTags.context(0))[0];
}

function safeContents(info: DerElement, password: Password, crypto: Crypto): Uint8Array {
  const [type, content] = derChildren(info, derTags.sequence);
  if (derObjectIdentifier(type) !== encryptedDataType) return derContent(dataOf(info), derTags.octetString);
  const [encryptedData] = derChildren(content, derTags.context(0));
  const [, encryptedContent] = derChildren(encryptedData, derTags.sequence);
  const [, algorithm, data] = derChildren(encryptedContent, derTags.sequence);
  return decryptBy(algorithm, derContent(data, derTags.implicit(0)), password, crypto);
}

function shroudedKey(encrypted: DerElement | undefined, password: Password, crypto: Crypto): Uint8Array {
  const [algorithm, data] = derChildren(encrypted, derTags.sequence);
  return decryptBy(algorithm, derContent(data, derTags.octetString), password, crypto);
}

function certificateOf(element: DerElement | undefined): Uint8Array[] {
  const [type, value] = derChildren(element, derTags.sequence);
  if (derObjectIdentifier(type) !== x509Certificate) return [];
  return [derContent(derChildren(value, derTags.context(0))[0], derTags.octetString)];
}

function decryptBy(
  algorithm: DerElement | undefined,
  data: Uint8Array,
  password: Password,
  crypto: Crypto,
): Uint8Array {
  const [name, parameters] = derChildren(algorithm, derTags.sequence);
  const legacy = legacySchemes[derObjectIdentifier(name)];
  if (legacy === undefined) return decryptPbes2(algorithm, data, password.text, crypto);
  const [cipher, keyLength] = legacy;
  const [saltElement, iterationElement] = derChildren(parameters, derTags.sequence);
  const salt = derContent(saltElement, derTags.octetString);
  const iterations = checkedIterations(iterationElement);
  const derive = (purpose: number, length: number) =>
    derivePkcs12(
      { purpose, password: password.bytes, salt, iterations, length, digest: "sha1", blockLength: 64 },
      crypto,
    );
  return decrypt(crypto, cipher, derive(1, keyLength), derive(2, 8), data);
}

/** Whether the integrity check of RFC 7292 section 4 fits the content and the password. */
function fitsMac(macData: DerElement, content: Uint8Array, password: Password, crypto: Crypto): boolean {
  const [digestInfo, saltElement, iterationElement] = derChildren(macData, derTags.sequence);
  const [algorithm, digest] = derChildren(digestInfo, derTags.sequence);
  const name = derObjectIdentifier(derChildren(algorithm, derTags.sequence)[0]);
  const known = macDigests[name];
  if (known === undefined) throw unsupported(`the integrity check ${name} of PKCS#12`);
  const [digestName, blockLength] = known;
  const expected = derContent(digest, derTags.octetString);
  const key = derivePkcs12(
    {
      purpose: 3,
      password: password.bytes,
      salt: derContent(saltElement, derTags.octetString),
      iterations: iterationElement === undefined ? 1 : checkedIterations(iterationElement),
      length: expected.length,
      digest: digestName,
      blockLength,
    },
    crypto,
  );
  const actual = crypto.createHmac(digestName, key).update(content).digest();
  return actual.length === expected.length && crypto.timingSafeEqual(actual, expected);
}

function checkedIterations(element: DerElement | undefined): number {
  const iterations = derSmallInteger(element);
  if (iterations >= 1 && iterations <= mostIterations) return iterations;
  throw new Failure("failed", `PKCS#12 with ${iterations} iterations is not supported`);
}

interface Derivation {
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
function derivePkcs12(derivation: Derivation, crypto: Crypto): Uint8Array {
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
function bmpString(password: string): Uint8Array {
  const bytes = new Uint8Array(2 * password.length + 2);
  for (let at = 0; at < password.length; at++) {
    const code = password.charCodeAt(at);
    bytes[2 * at] = code >> 8;
    bytes[2 * at + 1] = code & 0xff;
  }
  return bytes;
}
