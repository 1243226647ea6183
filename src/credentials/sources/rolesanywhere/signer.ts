/** Reads the files of a Roles Anywhere source: certificate, private key, intermediates, and the key's password. */
import type { X509Signer } from "../../../aws/rolesanywhere/x509-signature.ts";
import { expandPath, homeDirectory } from "../../../config/paths.ts";
import { attempted, Failure, reasonOf } from "../../../lib/errors.ts";
import type { System } from "../../../system/types.ts";
import { withoutEffectWarning } from "../../options-without-effect.ts";
import { signingCertificate } from "./certificate.ts";
import { pemBlocks } from "./pem.ts";
import { type KeyFile, readKeyFile } from "./private-key.ts";

/** The files as they were named; `~` and variables are expanded when they are read. */
export interface SignerFiles {
  readonly certificateFile: string;
  /** May be the certificate's own file. */
  readonly privateKeyFile: string;
  readonly intermediatesFile?: string;
  readonly passwordFile?: string;
}

export interface SignerContext {
  readonly system: Pick<
    System,
    "readBytes" | "isReadableByOthers" | "promptSecret" | "stderr" | "now" | "home" | "env"
  >;
  /** The password of the key, where a person has typed it already. */
  readonly password?: string;
}

type Expand = (file: string) => string;

/** Checked: key and certificate belong together and are valid now. Throws a Failure that names the file at fault. */
export async function readSigner(
  files: SignerFiles,
  { system, password }: SignerContext,
): Promise<X509Signer> {
  const expanded = await expandWith(system);
  let isEncrypted = false;
  const passwordOnce = async () => {
    isEncrypted = true;
    return password ?? askPassword(files, expanded, system);
  };
  const keyFile = await readKey(files, passwordOnce, system);
  if (files.passwordFile !== undefined && !isEncrypted) {
    const why = `the private key ${files.privateKeyFile} needs no password`;
    system.stderr(withoutEffectWarning({ option: "--private-key-password-file", why }));
  }
  if (await system.isReadableByOthers(expanded(files.privateKeyFile))) {
    system.stderr(
      `aws-login: warning: others can read the private key ${files.privateKeyFile}: close it with chmod 600`,
    );
  }
  return within(`the certificate ${files.certificateFile}`, async () => {
    const [certificate, ...more] = await certificatesIn(files, keyFile, expanded, system);
    if (certificate === undefined) {
      throw new Failure("failed", "it holds no certificate", {
        hints: ["name a PEM or PKCS#12 file that holds the certificate"],
      });
    }
    const { der, serialNumber } = await signingCertificate(certificate, keyFile.key, system.now());
    const intermediates = [...more, ...(await intermediatesOf(files, expanded, system))];
    return { certificate: der, serialNumber, intermediates, key: keyFile.key };
  });
}

/**
 * The password that a person types for the key, for `SignerContext`; undefined for a key that needs none, or whose
 * password is in a file. It is asked for before a lock is taken: a person may take long, or leave. Throws a Failure.
 */
export async function askPasswordAhead(
  files: SignerFiles,
  system: SignerContext["system"],
): Promise<string | undefined> {
  if (files.passwordFile !== undefined) return undefined;
  const expanded = await expandWith(system);
  let typed: string | undefined;
  await readKey(
    files,
    async () => {
      typed = await askPassword(files, expanded, system);
      return typed;
    },
    system,
  );
  return typed;
}

/**
 * Whether a person must type the password of the key. False for a file that cannot be read as a key: `readSigner()` says
 * why. Asks nothing.
 */
export async function asksForPassword(files: SignerFiles, system: SignerContext["system"]): Promise<boolean> {
  if (files.passwordFile !== undefined) return false;
  let asks = false;
  const password = async (): Promise<never> => {
    asks = true;
    throw new Failure("failed", "it is encrypted");
  };
  try {
    await readKey(files, password, system);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  return asks;
}

/**
 * The paths of the files whose content decides about the session: certificate, private key and intermediates. A private
 * key from a pipe has no fingerprint and is left out: the certificate decides, and the key has been found to belong to it.
 */
export function signerPaths(
  { certificateFile, privateKeyFile, intermediatesFile }: SignerFiles,
  { env, fileFingerprint }: Pick<System, "env" | "fileFingerprint">,
  home: string | undefined,
): readonly string[] {
  const certificate = expandPath(certificateFile, env, home);
  const key = expandPath(privateKeyFile, env, home);
  const paths = new Set([certificate]);
  if (fileFingerprint(key) !== undefined) paths.add(key);
  if (intermediatesFile !== undefined) paths.add(expandPath(intermediatesFile, env, home));
  return [...paths];
}

async function expandWith(system: SignerContext["system"]): Promise<Expand> {
  const home = await homeDirectory(system);
  return (file) => expandPath(file, system.env, home);
}

async function readKey(
  { privateKeyFile }: SignerFiles,
  password: () => Promise<string>,
  system: SignerContext["system"],
): Promise<KeyFile> {
  const expanded = await expandWith(system);
  return within(`the private key ${privateKeyFile}`, async () =>
    readKeyFile(await readFile(expanded(privateKeyFile), system), password),
  );
}

/** The certificate first, then those that issued it, where the file holds them too. */
async function certificatesIn(
  { certificateFile, privateKeyFile }: SignerFiles,
  keyFile: KeyFile,
  expanded: Expand,
  system: SignerContext["system"],
): Promise<readonly Uint8Array[]> {
  if (certificateFile === privateKeyFile) return keyFile.certificates;
  return certificatesOf(await readFile(expanded(certificateFile), system));
}

async function intermediatesOf(
  { intermediatesFile }: SignerFiles,
  expanded: Expand,
  system: SignerContext["system"],
): Promise<readonly Uint8Array[]> {
  if (intermediatesFile === undefined) return [];
  return within(`the intermediates ${intermediatesFile}`, async () => {
    const certificates = certificatesOf(await readFile(expanded(intermediatesFile), system));
    if (certificates.length === 0) throw new Failure("failed", "it holds no PEM certificate");
    return certificates;
  });
}

/** PEM certificates, or the one certificate of a DER file. */
function certificatesOf(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes[0] === 0x30) return [bytes];
  const blocks = pemBlocks(new TextDecoder().decode(bytes));
  return blocks.filter(({ label }) => label === "CERTIFICATE").map((block) => block.bytes);
}

async function askPassword(
  { passwordFile, privateKeyFile }: SignerFiles,
  expanded: Expand,
  system: SignerContext["system"],
): Promise<string> {
  if (passwordFile !== undefined) {
    return within(`the password file ${passwordFile}`, async () => {
      const bytes = await readFile(expanded(passwordFile), system);
      // Editors and `echo` end a file with a line end.
      return new TextDecoder().decode(bytes).replace(/\r?\n$/, "");
    });
  }
  const typed = await system.promptSecret(`Password of the private key ${privateKeyFile}: `);
  if (typed !== undefined) return typed;
  throw new Failure("failed", "it is encrypted, and there is no terminal to ask for its password", {
    hints: ["name a file that holds the password with --private-key-password-file"],
  });
}

async function readFile(path: string, system: Pick<System, "readBytes">): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await system.readBytes(path, "read");
  } catch (error) {
    throw new Failure("failed", `it cannot be read: ${reasonOf(error)}`, { cause: error });
  }
  if (bytes === undefined) throw new Failure("failed", "it does not exist");
  return bytes;
}

/** Names the file that a Failure is about, unless an inner one has named another. */
async function within<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure) || error.cause instanceof Failure) throw error;
    throw attempted(error, `cannot use ${what}`);
  }
}
