/** The operations of the Security Token Service that the program signs. */
import type { Credentials } from "../../lib/credentials.ts";
import type { Endpoint } from "../endpoints/resolve-endpoint.ts";
import type { HttpClient } from "../http/http-client.ts";
import { callSts, type Parameter } from "./sts-call.ts";
import { incomplete, readSession, type Session } from "./sts-session.ts";
import { textOf } from "./xml.ts";

export interface CallerIdentity {
  readonly userId: string;
  readonly account: string;
  readonly arn: string;
}

/** Whom STS is asked as, and where. */
export interface StsCaller {
  readonly http: HttpClient;
  readonly endpoint: Endpoint;
  readonly credentials: Credentials;
}

/** GetCallerIdentity: works for any valid credentials, whatever they may do. Throws a Failure. */
export async function getCallerIdentity(caller: StsCaller): Promise<CallerIdentity> {
  const result = await callSts(caller, "GetCallerIdentity", []);
  const userId = textOf(result, "UserId");
  const account = textOf(result, "Account");
  const arn = textOf(result, "Arn");
  if (!userId || !account || !arn) throw incomplete("GetCallerIdentity", "UserId, Account and Arn");
  return { userId, account, arn };
}

/**
 * AssumeRole. With `TokenCode` among the parameters an answered attempt is final: the code is spent.
 * Throws a Failure whose `serviceError` is AWS's error.
 */
export async function assumeRole(caller: StsCaller, parameters: readonly Parameter[]): Promise<Session> {
  const action = "AssumeRole";
  return readSession(action, await callSts(caller, action, parameters), "AssumedRoleUser");
}

/** GetSessionToken, for long-term keys only. Throws a Failure. */
export async function getSessionToken(caller: StsCaller, parameters: readonly Parameter[]): Promise<Session> {
  const action = "GetSessionToken";
  return readSession(action, await callSts(caller, action, parameters), undefined);
}

/** GetFederationToken, for long-term keys only. Throws a Failure. */
export async function getFederationToken(
  caller: StsCaller,
  parameters: readonly Parameter[],
): Promise<Session> {
  const action = "GetFederationToken";
  return readSession(action, await callSts(caller, action, parameters), "FederatedUser");
}
