/** Reads the private key of a Roles Anywhere certificate, in every form that OpenSSL writes. */
import type { KeyObject } from "node:crypto";
import { derChildren, derTags, readDer } from "../../../lib/der.ts";
import { Failure, reasonOf } from "../../../lib/errors.ts";
import { optional } from "../../../lib/optional.ts";
import { type Crypto, wrongPassword } from "./decipher.ts";
import { pemBlocks } from "./pem.ts";
import { openEncryptedKey } from "./pkcs8.ts";
import { isPkcs12, openPkcs12 } from "./pkcs12.ts";

export interface KeyFile {
  readonly key: KeyObject;
  /** X.509 DER of the certificates that stand in the same file, in order. */
  readonly certificates: readonly Uint8Array[];
}

/** The labels of the PEM blocks that hold a key. */
const keyLabels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"];
const tpmLabels = ["TSS2 PRIVATE KEY", "TSS2 KEY BLOB"];

/**
 * The key in a file's bytes: PKCS#1, SEC1 or PKCS#8 as PEM or DER, encrypted or not, or PKCS#12. `password` is called at
 * most once, and for an encrypted key only; a PKCS#12 file is tried without a password first. Throws a Failure that says
 * what is wrong with the content; the caller names the file.
 */
export async function readKeyFile(bytes: Uint8Array, password: () => Promise<string>): Promise<KeyFile> {
  const crypto = await import("node:crypto");
  // A SEQUENCE cannot begin a text.
  if (bytes[0] === 0x30) {
    return isPkcs12(bytes) ? fromPkcs12(bytes, password, crypto) : fromDer(bytes, password, crypto);
  }
  const blocks = pemBlocks(new TextDecoder().decode(bytes));
  const block = blocks.find(({ label }) => keyLabels.includes(label));
  if (block === undefined) {
    if (blocks.some(({ label }) => tpmLabels.includes(label))) throw heldByHardware("a key in a TPM");
    throw noKey();
  }
  const certificates = blocks.filter(({ label }) => label === "CERTIFICATE").map((found) => found.bytes);
  if (block.label === "ENCRYPTED PRIVATE KEY") {
    return { key: await fromEncrypted(block.bytes, password, crypto), certificates };
  }
  const passphrase = block.encrypted ? await password() : undefined;
  try {
    const key = crypto.createPrivateKey({
      key: block.text,
      ...optional("passphrase", passphrase),
    });
    return { key: checkedKind(key), certificates };
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw block.encrypted ? wrongPassword(error) : damaged(error);
  }
}

/** The Failure for keys that never leave their hardware: AWS's own helper signs with those. */
export function heldByHardware(what: string): Failure {
  return new Failure("failed", `${what} is not supported`, {
    hints: [
      "use AWS's aws_signing_helper as the credential_process of a profile: its credentials work here like any other's",
    ],
  });
}

async function fromPkcs12(
  bytes: Uint8Array,
  password: () => Promise<string>,
  crypto: Crypto,
): Promise<KeyFile> {
  const content = openPkcs12(bytes, "", crypto) ?? openPkcs12(bytes, await password(), crypto);
  if (content === undefined) throw wrongPassword();
  const [first, ...more] = content.keys;
  if (first === undefined) throw noKey();
  if (more.length > 0) throw new Failure("failed", `it holds ${content.keys.length} private keys, not one`);
  return { key: keyOf(first, crypto), certificates: content.certificates };
}

/** A key in DER without PEM around it, which has one of four structures. */
async function fromDer(bytes: Uint8Array, password: () => Promise<string>, crypto: Crypto): Promise<KeyFile> {
  const [first, second] = derChildren(readDer(bytes), derTags.sequence);
  if (first?.tag === derTags.sequence) {
    // A certificate begins with a SEQUENCE too.
    if (second?.tag !== derTags.octetString) throw noKey();
    return { key: await fromEncrypted(bytes, password, crypto), certificates: [] };
  }
  let why: unknown;
  for (const type of ["pkcs8", "pkcs1", "sec1"] as const) {
    try {
      const key = crypto.createPrivateKey({ key: Buffer.from(bytes), format: "der", type });
      return { key: checkedKind(key), certificates: [] };
    } catch (error) {
      if (error instanceof Failure) throw error;
      why ??= error;
    }
  }
  throw damaged(why);
}

async function fromEncrypted(
  bytes: Uint8Array,
  password: () => Promise<string>,
  crypto: Crypto,
): Promise<KeyObject> {
  const opened = openEncryptedKey(bytes, await password(), crypto);
  // Of 256 wrong passwords one leaves a padding that fits.
  return keyOf(opened, crypto, wrongPassword);
}

/** A key from its PKCS#8 DER. `failure` makes the Failure for DER that is none. */
function keyOf(pkcs8: Uint8Array, crypto: Crypto, failure: (cause: unknown) => Failure = damaged): KeyObject {
  let key: KeyObject;
  try {
    key = crypto.createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  } catch (error) {
    throw failure(error);
  }
  return checkedKind(key);
}

/** Roles Anywhere signatures are RSA or ECDSA. */
function checkedKind(key: KeyObject): KeyObject {
  const kind = key.asymmetricKeyType ?? "unknown";
  if (kind === "rsa" || kind === "ec") return key;
  throw new Failure("failed", `its key is of the kind ${kind}; Roles Anywhere takes RSA and EC keys`);
}

function noKey(): Failure {
  return new Failure("failed", "it holds no private key", {
    hints: ["name a PEM or PKCS#12 file that holds the certificate's private key"],
  });
}

function damaged(cause: unknown): Failure {
  return new Failure("failed", `its key cannot be read: ${reasonOf(cause)}`, { cause });
}
