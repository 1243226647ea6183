/** The operations of the Security Token Service. */
import type { CallerIdentity } from "../../lib/caller-identity.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { callSts, type Parameter, type StsCaller } from "./sts-call.ts";
import { readSession, type Session } from "./sts-session.ts";
import { textOf } from "./xml.ts";

/** The endpoint and the credentials that sign. */
export interface SigningCaller extends StsCaller {
  readonly credentials: Credentials;
}

/** GetCallerIdentity: works for any valid credentials, whatever they may do. Throws a Failure. */
export async function getCallerIdentity(caller: SigningCaller): Promise<CallerIdentity> {
  const action = "GetCallerIdentity";
  const result = await callSts(caller, action, []);
  const userId = textOf(result, "UserId");
  const account = textOf(result, "Account");
  const arn = textOf(result, "Arn");
  if (userId && account && arn) return { userId, account, arn };
  throw (await import("../http/unexpected-response.ts")).incompleteResponse(action, "UserId, Account or Arn");
}

/**
 * AssumeRole. With `TokenCode` among the parameters a response is final, because the code is spent.
 * Throws a Failure whose `serviceError` is STS's error.
 */
export async function assumeRole(caller: SigningCaller, parameters: readonly Parameter[]): Promise<Session> {
  const action = "AssumeRole";
  return readSession(action, await callSts(caller, action, parameters), "AssumedRoleUser");
}

/** GetSessionToken, for long-term keys only. Throws a Failure. */
export async function getSessionToken(
  caller: SigningCaller,
  parameters: readonly Parameter[],
): Promise<Session> {
  const action = "GetSessionToken";
  return readSession(action, await callSts(caller, action, parameters), undefined);
}

/** GetFederationToken, for long-term keys only. Throws a Failure. */
export async function getFederationToken(
  caller: SigningCaller,
  parameters: readonly Parameter[],
): Promise<Session> {
  const action = "GetFederationToken";
  return readSession(action, await callSts(caller, action, parameters), "FederatedUser");
}

/**
 * AssumeRoleWithWebIdentity. It bears no signature: invalid credentials that happen to be configured would make STS
 * refuse it. `token` is a secret and stays out of every message. Throws a Failure whose `serviceError` is STS's error.
 */
export async function assumeRoleWithWebIdentity(
  { http, endpoint }: Pick<StsCaller, "http" | "endpoint">,
  parameters: readonly Parameter[],
  token: string,
): Promise<Session> {
  const action = "AssumeRoleWithWebIdentity";
  const result = await callSts({ http, endpoint }, action, [...parameters, ["WebIdentityToken", token]]);
  return readSession(action, result, "AssumedRoleUser");
}
