/** IAM Roles Anywhere: a certificate and its private key, and the session that they give. */
import { parseArn, parseRoleArn, partitionOfArn } from "../../aws/endpoints/arn.ts";
import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import type { HttpClient } from "../../aws/http/http-client.ts";
import type { RolesAnywhereSession } from "../../aws/rolesanywhere/create-session.ts";
import { attempted, Failure } from "../../lib/errors.ts";
import { optional } from "../../lib/optional.ts";
import type { Acquired } from "../retrieval.ts";
import { refuseGivenExpired } from "./expired-response.ts";
import { heldByHardware } from "./rolesanywhere/private-key.ts";
import { readSigner, type SignerContext, type SignerFiles } from "./rolesanywhere/signer.ts";
import type { SourceContext } from "./source-context.ts";

export interface RolesAnywhereSource extends SignerFiles {
  readonly kind: "rolesanywhere";
  /** Names the source in messages: "the certificate FILE (IAM Roles Anywhere)". */
  readonly from: string;
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
  refuseHardware("--certificate", certificate);
  refuseHardware("--private-key", keyFile);
  return {
    kind: "rolesanywhere",
    from: `the certificate ${certificate} (IAM Roles Anywhere)`,
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

function refuseHardware(option: string, file: string): void {
  const what = file.startsWith("pkcs11:")
    ? "a PKCS#11 token"
    : file.startsWith("handle:")
      ? "a key in a TPM"
      : undefined;
  if (what === undefined) return;
  const { message, hints } = heldByHardware(what);
  throw new Failure("usage", `cannot use ${option}: ${message}`, { hints });
}

function usage(message: string, hint: string): Failure {
  return new Failure("usage", message, { hints: [hint] });
}

export interface RolesAnywhereContext extends SignerContext {
  readonly http: HttpClient;
  readonly endpoint: (region: string) => Endpoint;
}

/** As `acquireFromRolesAnywhere`, for a plan. Where no person may be asked, it asks for no password. */
export async function retrieveFromRolesAnywhere(
  source: RolesAnywhereSource,
  { system, http, rolesAnywhereEndpoint, prompt, keyPassword }: SourceContext,
): Promise<Acquired> {
  const { credentials, arn } = await acquireFromRolesAnywhere(source, {
    system: prompt === "never" ? { ...system, promptSecret: async () => undefined } : system,
    http,
    endpoint: rolesAnywhereEndpoint,
    ...optional("password", keyPassword),
  });
  return { credentials, kind: "role", principal: arn ?? `the session of ${source.roleArn}` };
}

/** Reads the files anew and makes a session. Throws a Failure that names the file or the role at fault. */
export async function acquireFromRolesAnywhere(
  source: RolesAnywhereSource,
  context: RolesAnywhereContext,
): Promise<RolesAnywhereSession> {
  const { http } = context;
  const endpoint = context.endpoint(source.region);
  const signer = await readSigner(source, context);
  const { createSession } = await import("../../aws/rolesanywhere/create-session.ts");
  try {
    const session = await createSession({ http, endpoint }, source, signer);
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
          : [
              `asked with the certificate ${source.certificateFile}, serial number ${signer.serialNumber}${request}`,
            ],
      hints: adviceOn(serviceError?.code, source),
    });
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
