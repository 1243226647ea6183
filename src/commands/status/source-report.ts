/** The source, the chain and the credentials of a plan, as the report has them. Pure. */
import { containerVariables } from "../../aws/container/container-address.ts";
import type { Inputs } from "../../credentials/inputs.ts";
import type { CredentialPlan } from "../../credentials/plan.ts";
import { sourceKinds } from "../../credentials/profile-settings.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { formatIsoTime } from "../../lib/iso-time.ts";
import type { SignInState } from "./sign-ins.ts";
import type { CredentialsReport, SourceReport } from "./status-report.ts";

/** Whether the keys are those of the environment's variables. */
export function isOfEnvironment(
  { env, choice }: Pick<Inputs, "env" | "choice">,
  plan: CredentialPlan | undefined,
): boolean {
  return (
    plan?.source.kind === "keys" &&
    choice.source !== "--profile" &&
    plan.source.credentials.accessKeyId === env.AWS_ACCESS_KEY_ID
  );
}

export function sourceReport(
  { env, choice, profile, request }: Pick<Inputs, "env" | "choice" | "profile" | "request">,
  plan: CredentialPlan,
): SourceReport {
  const { source, steps } = plan;
  const isEnvironment = isOfEnvironment({ env, choice }, plan);
  const isOfVariable = source.kind === "web-identity" && Boolean(env.AWS_WEB_IDENTITY_TOKEN_FILE);
  const isNamed = request.ssoAcctId !== undefined || request.roleArn !== undefined;
  const isPassed = plan.skipped.some(({ source: name }) => name === `profile ${choice.name}`);
  const usesProfile = profile !== undefined && !isEnvironment && !isOfVariable && !isNamed && !isPassed;
  const setting = usesProfile
    ? sourceKinds.map(({ trigger }) => trigger(profile)).find((each) => each !== undefined)
    : undefined;
  const ofProfile =
    choice.source === "AWS_PROFILE" || choice.source === "AWS_DEFAULT_PROFILE" ? choice.source : null;
  const ofContainer = source.kind === "container" ? containerVariables.find((name) => env[name]) : undefined;
  return {
    kind: isEnvironment ? "environment" : source.kind,
    from: source.from,
    profile: usesProfile ? profile.name : null,
    file: setting?.file ?? null,
    line: setting?.line ?? null,
    variable: isEnvironment ? "AWS_ACCESS_KEY_ID" : (ofContainer ?? (usesProfile ? ofProfile : null)),
    chain: steps.map((step) => ({
      kind: step.kind,
      role: step.kind === "role" ? step.roleArn : null,
      mfa: step.kind === "federation-token" ? null : (step.mfaSerial ?? null),
    })),
  };
}

export interface Looked {
  /** The exit status that the report leads to. Where a person must sign in first, nothing renews without one. */
  readonly status: number;
  readonly acquired?: { readonly credentials: Credentials };
  /** The source reads a pipe, which another session cannot read again. */
  readonly readsPipe: boolean;
}

export function credentialsReport(
  { request }: Pick<Inputs, "request">,
  { source, steps }: CredentialPlan,
  signIn: SignInState | undefined,
  { status, acquired, readsPipe }: Looked,
): CredentialsReport {
  const known =
    acquired?.credentials ?? (source.kind === "keys" && steps.length === 0 ? source.credentials : undefined);
  const needsPerson = steps.some(
    (step) =>
      step.kind !== "federation-token" && step.mfaSerial !== undefined && step.mfaProcess === undefined,
  );
  return {
    accessKeyId: known === undefined ? null : shortened(known.accessKeyId),
    expiration: known?.expiration === undefined ? null : formatIsoTime(known.expiration),
    renewable: status !== 4 && !readsPipe && !needsPerson && renews({ source, steps }, request, signIn),
  };
}

function renews(
  { source }: Pick<CredentialPlan, "source" | "steps">,
  request: Inputs["request"],
  signIn: SignInState | undefined,
): boolean {
  if (source.kind === "keys") return source.credentials.sessionToken === undefined;
  // A token on stdin is read once.
  if (source.kind === "web-identity") return source.token.kind !== "stdin";
  if (source.kind !== "sso-role") return true;
  return request.ssoAccessToken === undefined && signIn?.report?.refreshable === true;
}

function shortened(accessKeyId: string): string {
  return accessKeyId.length <= 8 ? accessKeyId : `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}`;
}
