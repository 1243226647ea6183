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
import { type Crypto, checkedIterations, unsupported } from "./decipher.ts";
import { decryptWithPassword, type Password, typedPassword } from "./password-encryption.ts";
import { derivePkcs12 } from "./pkcs12-encryption.ts";

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

/** Digests of the integrity check, with the size of the digest's block in bytes. */
const macDigests: Readonly<Record<string, readonly [name: string, blockLength: number]>> = {
  "1.3.14.3.2.26": ["sha1", 64],
  "2.16.840.1.101.3.4.2.1": ["sha256", 64],
  "2.16.840.1.101.3.4.2.2": ["sha384", 128],
  "2.16.840.1.101.3.4.2.3": ["sha512", 128],
};

/** Whether DER that no check has seen yet begins as a PKCS#12 file does, with version 3. A key has version 0 or 1. */
export function isPkcs12(der: Uint8Array): boolean {
  const [version] = derChildren(readDer(der), derTags.sequence);
  return version?.tag === derTags.integer && derSmallInteger(version) === 3;
}

/**
 * Undefined when the file's integrity check says that the password is another one, and when a file without such a check
 * needs one where `text` is empty. Throws a Failure for a form that is not supported, for damaged DER, and for a wrong
 * password of a file without the check.
 */
export function openPkcs12(file: Uint8Array, text: string, crypto: Crypto): Pkcs12Content | undefined {
  const [, authSafe, macData] = derChildren(readDer(file), derTags.sequence);
  const content = derContent(dataOf(authSafe), derTags.octetString);
  const password = passwords(text).find(
    (candidate) => macData === undefined || fitsMac(macData, content, candidate, crypto),
  );
  if (password === undefined) return undefined;
  try {
    return readSafe(content, password, crypto);
  } catch (error) {
    if (error instanceof Failure && macData === undefined && text === "") return undefined;
    throw error;
  }
}

/** Tools write "no password" in two ways: as an empty text, and as no bytes at all. */
function passwords(text: string): Password[] {
  const typed = typedPassword(text);
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
  return decryptWithPassword(algorithm, derContent(data, derTags.implicit(0)), password, crypto);
}

function shroudedKey(encrypted: DerElement | undefined, password: Password, crypto: Crypto): Uint8Array {
  const [algorithm, data] = derChildren(encrypted, derTags.sequence);
  return decryptWithPassword(algorithm, derContent(data, derTags.octetString), password, crypto);
}

function certificateOf(element: DerElement | undefined): Uint8Array[] {
  const [type, value] = derChildren(element, derTags.sequence);
  if (derObjectIdentifier(type) !== x509Certificate) return [];
  return [derContent(derChildren(value, derTags.context(0))[0], derTags.octetString)];
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
      iterations: iterationElement === undefined ? 1 : checkedIterations(iterationElement, "PKCS#12"),
      length: expected.length,
      digest: digestName,
      blockLength,
    },
    crypto,
  );
  const actual = crypto.createHmac(digestName, key).update(content).digest();
  return actual.length === expected.length && crypto.timingSafeEqual(actual, expected);
}
