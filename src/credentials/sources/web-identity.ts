/** Trades the token of a web identity for a role's credentials. */

import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import type { HttpClient } from "../../aws/http/http-client.ts";
import { assumeRoleWithWebIdentity } from "../../aws/sts/sts.ts";
import type { Session } from "../../aws/sts/sts-session.ts";
import { attempted, Failure, reasonOf } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";
import type { RoleStep } from "../plan.ts";
import { checkRole, roleParameters } from "../role-chain/role-parameters.ts";
import { refuseGivenExpired } from "./expired-response.ts";
import type { WebIdentitySource } from "./types.ts";

/** The role as `--assume-roles` would have it: what AssumeRoleWithWebIdentity has parameters for. */
export interface WebIdentityOptions {
  readonly roleSessionName: string;
  /** Seconds. */
  readonly duration?: number;
}

/** The options fill in what the start leaves open. Throws a Failure for a role or session name that AWS would refuse. */
export function webIdentityRole(start: WebIdentitySource, options: WebIdentityOptions): RoleStep {
  const role: RoleStep = {
    kind: "role",
    roleArn: start.roleArn,
    roleSessionName: start.roleSessionName ?? options.roleSessionName,
    mfaSerial: undefined,
    from: start.from,
    ...(options.duration === undefined ? {} : { durationSeconds: options.duration }),
  };
  checkRole(role);
  return role;
}

export interface WebIdentityContext {
  readonly system: Pick<System, "readText">;
  readonly http: HttpClient;
  readonly endpoint: () => Promise<Endpoint>;
}

/** Reads the token anew and asks STS, without a signature. Throws a Failure that names the token's file. */
export async function acquireWithWebIdentity(
  start: WebIdentitySource,
  role: RoleStep,
  { system, http, endpoint }: WebIdentityContext,
): Promise<Session> {
  const token = await readToken(start, system);
  try {
    const caller = { http, endpoint: await endpoint() };
    const session = await assumeRoleWithWebIdentity(caller, roleParameters(role, undefined), token);
    refuseGivenExpired(session.credentials, "STS", http);
    return session;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const request =
      error.serviceError?.requestId === undefined ? "" : `, request ${error.serviceError.requestId}`;
    const hint = advice(error.serviceError?.code, role.roleArn);
    throw attempted(error, `cannot assume role ${role.roleArn} with a web identity`, {
      // Without an answer nobody may have been asked.
      notes:
        error.serviceError === undefined
          ? []
          : [`asked with the token in ${start.tokenFile} (${start.tokenSource})${request}`],
      hints: hint === undefined ? [] : [hint],
    });
  }
}

async function readToken(start: WebIdentitySource, system: Pick<System, "readText">): Promise<string> {
  const { tokenFile, tokenSource } = start;
  const unusable = (why: string, cause?: unknown) =>
    new Failure("failed", `cannot use the token file ${tokenFile} (${tokenSource}): ${why}`, {
      hints: ["the file must hold the token of the web identity, and be readable for you"],
      cause,
    });
  let text: string | undefined;
  try {
    text = await system.readText(tokenFile);
  } catch (error) {
    throw unusable(`it cannot be read: ${reasonOf(error)}`, error);
  }
  if (text === undefined) throw unusable("it does not exist");
  // No token has blanks at its ends; editors and `echo` leave them there.
  const token = text.trim();
  if (token === "") throw unusable("it is empty");
  return token;
}

function advice(code: string | undefined, roleArn: string): string | undefined {
  switch (code) {
    case "ExpiredTokenException":
    case "ExpiredToken":
      return "whatever writes the token must write a new one";
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
