/** Web identity: a role and an OIDC token, and the exchange of the token for the role's credentials. */

import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import type { Session } from "../../aws/sts/sts-session.ts";
import type { Profile } from "../../config/section.ts";
import { fromProfile, fromVariable } from "../../config/setting.ts";
import { attempted, Failure } from "../../lib/errors.ts";
import { optional } from "../../lib/optional.ts";
import type { Environment } from "../../system/types.ts";
import type { Acquired } from "../retrieval.ts";
import { checkRole, roleParameters } from "../role-chain/role-parameters.ts";
import { durationAdvice } from "../role-chain/step-error.ts";
import type { RoleStep } from "../role-chain/steps.ts";
import { refuseGivenExpired } from "./expired-response.ts";
import type { SessionOptions, SourceContext } from "./source-context.ts";
import {
  readWebIdentityToken,
  type TokenContext,
  tokenPlace,
  type WebIdentityToken,
} from "./web-identity-token.ts";

/** A role, and the token that is exchanged for it without other credentials. */
export interface WebIdentitySource {
  readonly kind: "web-identity";
  /** Names the source in messages: the variable, or the setting with file and line. */
  readonly from: string;
  readonly roleArn: string;
  /** Undefined where neither variable nor profile names one: then the option or the default applies. */
  readonly roleSessionName: string | undefined;
  readonly token: WebIdentityToken;
}

/**
 * Undefined when no token file is named. Each of the three values comes from the environment if it is there, else
 * from the profile, as botocore has it; the caller leaves the environment out where a profile was asked for. Throws a
 * Failure for a token file without a role.
 */
export function webIdentitySource(
  env: Environment,
  profile: Profile | undefined,
): WebIdentitySource | undefined {
  const read = (variable: string, key: string) => fromVariable(env, variable) ?? fromProfile(profile, key);
  const file = read("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file");
  if (file === undefined) return undefined;
  const role = read("AWS_ROLE_ARN", "role_arn");
  if (role === undefined) {
    const inProfile = profile === undefined ? "" : `role_arn of profile ${profile.name}`;
    throw new Failure("failed", `cannot use the token of ${file.source}: no role is named`, {
      hints: [
        env.AWS_WEB_IDENTITY_TOKEN_FILE
          ? `set AWS_ROLE_ARN${inProfile && `, or ${inProfile}`}`
          : `set ${inProfile}`,
      ],
    });
  }
  return {
    kind: "web-identity",
    from: `web identity of ${file.source}`,
    roleArn: role.value,
    roleSessionName: read("AWS_ROLE_SESSION_NAME", "role_session_name")?.value,
    token: { kind: "file", path: file.value, source: file.source },
  };
}

/** The role, with the options for what the source leaves open. Throws a Failure for a session name that AWS refuses. */
export function webIdentityRole(source: WebIdentitySource, options: SessionOptions): RoleStep {
  const role: RoleStep = {
    kind: "role",
    roleArn: source.roleArn,
    roleSessionName: source.roleSessionName ?? options.roleSessionName,
    mfaSerial: undefined,
    origin: "profile",
    from: source.from,
    ...optional("durationSeconds", options.duration),
    ...optional("durationSource", options.duration === undefined ? undefined : "--duration"),
  };
  checkRole(role);
  return role;
}

/** As `acquireWithWebIdentity`, for a plan: options give what the source leaves open. */
export async function retrieveWithWebIdentity(
  source: WebIdentitySource,
  { system, http, stsEndpoint, options }: SourceContext,
): Promise<Acquired> {
  const role = webIdentityRole(source, options);
  const context = { system, http, endpoint: stsEndpoint };
  const { credentials, arn } = await acquireWithWebIdentity(source, role, context);
  return { credentials, kind: "role", principal: arn ?? `the session of ${role.roleArn}` };
}

export interface WebIdentityContext extends TokenContext {
  readonly endpoint: () => Promise<Endpoint>;
}

/** Reads the token anew and asks STS, without a signature. Throws a Failure that names the token's place. */
export async function acquireWithWebIdentity(
  source: WebIdentitySource,
  role: RoleStep,
  { system, http, endpoint }: WebIdentityContext,
): Promise<Session> {
  const token = await readWebIdentityToken(source.token, { system, http });
  try {
    const { assumeRoleWithWebIdentity } = await import("../../aws/sts/sts.ts");
    const caller = { http, endpoint: await endpoint() };
    const session = await assumeRoleWithWebIdentity(caller, roleParameters(role, undefined), token);
    refuseGivenExpired(session.credentials, "STS", http);
    return session;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const request =
      error.serviceError?.requestId === undefined ? "" : `, request ${error.serviceError.requestId}`;
    const hint =
      error.serviceError &&
      (durationAdvice(role, error.serviceError) ?? advice(error.serviceError.code, source));
    throw attempted(error, `cannot assume role ${role.roleArn} with a web identity`, {
      // A failure without a response happened before or during the request: STS may not have seen the caller.
      notes: error.serviceError === undefined ? [] : [`asked with ${tokenPlace(source.token)}${request}`],
      hints: hint === undefined ? [] : [hint],
    });
  }
}

function advice(code: string, { token, roleArn }: WebIdentitySource): string | undefined {
  switch (code) {
    case "ExpiredTokenException":
    case "ExpiredToken":
      return token.kind === "file"
        ? "the token has expired: the program that writes the file must write a new one"
        : "the token has expired: get a new one";
    case "InvalidIdentityToken":
    case "InvalidIdentityTokenException":
      return "the token's issuer must be an OIDC provider of the role's account, and its audience one of the provider's";
    case "AccessDenied":
    case "AccessDeniedException":
      return `the trust policy of ${roleArn.slice(roleArn.lastIndexOf("/") + 1)} must admit the token's issuer, audience and subject`;
    default:
      return undefined;
  }
}
