/** IAM Roles Anywhere: a certificate and its private key, and the session that they give. */
import { parseArn, parseRoleArn, partitionOfArn } from "../../aws/endpoints/arn.ts";
import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import type { HttpClient } from "../../aws/http/http-client.ts";
import type { RolesAnywhereSession } from "../../aws/rolesanywhere/create-session.ts";
import type { X509Signer } from "../../aws/rolesanywhere/x509-signature.ts";
import { expandPath, homeDirectory } from "../../config/paths.ts";
import { attempted, Failure, reasonOf } from "../../lib/errors.ts";
import { optional } from "../../lib/optional.ts";
import type { System } from "../../system/types.ts";
import { refuseGivenExpired } from "./expired-response.ts";
import { signingCertificate } from "./rolesanywhere/certificate.ts";
import { pemBlocks } from "./rolesanywhere/pem.ts";
import { heldByHardware, type KeyFile, readKeyFile } from "./rolesanywhere/private-key.ts";

export interface RolesAnywhereSource {
  readonly kind: "rolesanywhere";
  /** Names the source in messages: "the certificate FILE". */
  readonly from: string;
  /** The files as they were named; `~` and variables are expanded when they are read. */
  readonly certificateFile: string;
  readonly privateKeyFile: string;
  readonly intermediatesFile?: string;
  readonly passwordFile?: string;
  readonly trustAnchorArn: string;
  readonly profileArn: string;
  readonly roleArn: string;
  /** Of the trust anchor. */
  readonly region: string;
  /** Seconds. */
  readonly durationSeconds: number;
  readonly roleSessionName?: string;
}

export interface RolesAnywhereOptions {
  readonly certificate?: string;
  readonly privateKey?: string;
  readonly privateKeyPasswordFile?: string;
  readonly intermediates?: string;
  readonly trustAnchorArn?: string;
  readonly profileArn?: string;
  readonly roleArn?: string;
  readonly roleSessionName?: string;
  /** Seconds. */
  readonly duration?: number;
}

/** Seconds: the default of AWS's own helper, and what CreateSession takes. */
const defaultDuration = 3600;
const longestDuration = 43_200;

/** Undefined when the options name no certificate. Throws a Failure for ARNs that do not fit together. */
export function rolesAnywhereSource(options: RolesAnywhereOptions): RolesAnywhereSource | undefined {
  const { certificate, trustAnchorArn, profileArn, roleArn, duration } = options;
  if (
    certificate === undefined ||
    trustAnchorArn === undefined ||
    profileArn === undefined ||
    roleArn === undefined
  )
    return undefined;
  const anchor = rolesAnywhereArn("--trust-anchor-arn", trustAnchorArn, "trust-anchor");
  const profile = rolesAnywhereArn("--profile-arn", profileArn, "profile");
  const role = parseRoleArn(roleArn, "--role-arn");
  if (anchor.region !== profile.region) {
    throw usage(
      `cannot use --profile-arn: its region is ${profile.region}, and that of --trust-anchor-arn is ${anchor.region}`,
      "a trust anchor and its profile are in one region",
    );
  }
  const partitions = new Set([anchor.partition, profile.partition, role.partition]);
  if (partitions.size > 1) {
    throw usage(
      `cannot use --role-arn: the three ARNs belong to the partitions ${[...partitions].join(" and ")}`,
      "trust anchor, profile and role belong to one partition",
    );
  }
  if (duration !== undefined && duration > longestDuration) {
    throw usage(
      `cannot ask Roles Anywhere for ${duration} seconds: a session lasts at most ${longestDuration}`,
      `set --duration to ${longestDuration} or less`,
    );
  }
  const keyFile = options.privateKey ?? certificate;
  for (const file of [certificate, keyFile]) refuseHardware(file);
  return {
    kind: "rolesanywhere",
    from: `the certificate ${certificate}`,
    certificateFile: certificate,
    privateKeyFile: keyFile,
    ...optional("intermediatesFile", options.intermediates),
    ...optional("passwordFile", options.privateKeyPasswordFile),
    trustAnchorArn,
    profileArn,
    roleArn,
    region: anchor.region,
    durationSeconds: duration ?? defaultDuration,
    ...optional("roleSessionName", options.roleSessionName),
  };
}

function rolesAnywhereArn(option: string, text: string, type: string): { partition: string; region: string } {
  const arn = parseArn(text);
  const isKnown =
    arn !== undefined &&
    arn.service === "rolesanywhere" &&
    arn.resource.startsWith(`${type}/`) &&
    arn.region !== "" &&
    partitionOfArn(text) !== undefined;
  if (isKnown) return arn;
  throw usage(
    `cannot use ${option}: it is not the ARN of a ${type.replace("-", " ")} of Roles Anywhere`,
    `it looks like arn:aws:rolesanywhere:REGION:ACCOUNT:${type}/ID`,
  );
}

function refuseHardware(file: string): void {
  if (file.startsWith("pkcs11:"))
    throw attempted(heldByHardware("a PKCS#11 token"), "cannot use --private-key");
  if (file.startsWith("handle:"))
    throw attempted(heldByHardware("a key in a TPM"), "cannot use --private-key");
}

function usage(message: string, hint: string): Failure {
  return new Failure("usage", message, { hints: [hint] });
}

export interface RolesAnywhereContext {
  readonly system: Pick<
    System,
    "readBytes" | "readText" | "isReadableByOthers" | "promptSecret" | "stderr" | "now" | "home" | "env"
  >;
  readonly http: HttpClient;
  readonly endpoint: (region: string) => Endpoint;
}

/** Reads the files anew and makes a session. Throws a Failure that names the file or the role at fault. */
export async function acquireFromRolesAnywhere(
  source: RolesAnywhereSource,
  context: RolesAnywhereContext,
): Promise<RolesAnywhereSession> {
  const { http } = context;
  const signer = await readSigner(source, context);
  const { createSession } = await import("../../aws/rolesanywhere/create-session.ts");
  try {
    const session = await createSession({ http, endpoint: context.endpoint(source.region) }, source, signer);
    refuseGivenExpired(session.credentials, "Roles Anywhere", http);
    return session;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { serviceError } = error;
    const request = serviceError?.requestId === undefined ? "" : `, request ${serviceError.requestId}`;
    throw attempted(error, `cannot get role ${source.roleArn} from Roles Anywhere`, {
      notes:
        serviceError === undefined
          ? []
          : [`asked with ${source.from}, serial number ${signer.serialNumber}${request}`],
      hints: adviceOn(serviceError?.code, source),
    });
  }
}

async function readSigner(source: RolesAnywhereSource, context: RolesAnywhereContext): Promise<X509Signer> {
  const { system } = context;
  const home = await homeDirectory(system);
  const expanded = (file: string) => expandPath(file, system.env, home);
  const keyFile = await within(`the private key ${source.privateKeyFile}`, async () => {
    const path = expanded(source.privateKeyFile);
    const file = await readKeyFile(await readFile(path, system), () => password(source, expanded, system));
    if (await system.isReadableByOthers(path)) {
      system.stderr(
        `aws-login: warning: others can read the private key ${source.privateKeyFile}: close it with chmod 600`,
      );
    }
    return file;
  });
  return within(`the certificate ${source.certificateFile}`, async () => {
    const [certificate, ...more] = await certificatesIn(source, keyFile, expanded, system);
    if (certificate === undefined) {
      throw new Failure("failed", "it holds no certificate", {
        hints: ["name a PEM or PKCS#12 file that holds the certificate"],
      });
    }
    const { der, serialNumber } = await signingCertificate(certificate, keyFile.key, system.now());
    const intermediates = [...more, ...(await intermediatesOf(source, expanded, system))];
    return { certificate: der, serialNumber, intermediates, key: keyFile.key };
  });
}

type Expand = (file: string) => string;

/** The certificate first, then those that issued it, where the file holds them too. */
async function certificatesIn(
  source: RolesAnywhereSource,
  keyFile: KeyFile,
  expanded: Expand,
  system: RolesAnywhereContext["system"],
): Promise<readonly Uint8Array[]> {
  if (source.certificateFile === source.privateKeyFile) return keyFile.certificates;
  const bytes = await readFile(expanded(source.certificateFile), system);
  return certificatesOf(bytes);
}

async function intermediatesOf(
  { intermediatesFile }: RolesAnywhereSource,
  expanded: Expand,
  system: RolesAnywhereContext["system"],
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

async function password(
  { passwordFile, privateKeyFile }: RolesAnywhereSource,
  expanded: Expand,
  system: RolesAnywhereContext["system"],
): Promise<string> {
  if (passwordFile !== undefined) {
    const text = await system.readText(expanded(passwordFile));
    if (text === undefined) throw new Failure("failed", `the password file ${passwordFile} does not exist`);
    // Editors and `echo` end a file with a line end.
    return text.replace(/\r?\n$/, "");
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
    bytes = await system.readBytes(path);
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

function adviceOn(code: string | undefined, { roleArn }: RolesAnywhereSource): readonly string[] {
  switch (code) {
    case "AccessDeniedException":
      return [
        `the trust anchor must have issued the certificate, the profile must list the role, and the trust policy of ${roleArn.slice(roleArn.lastIndexOf("/") + 1)} must allow rolesanywhere.amazonaws.com sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity`,
      ];
    case "ResourceNotFoundException":
      return ["check --trust-anchor-arn and --profile-arn: their account, region and id"];
    default:
      return [];
  }
}
