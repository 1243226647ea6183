/** The one operation of the Security Token Service that takes somebody else's word for who asks. */
import { callSts, type Parameter, type StsAsker } from "./sts-call.ts";
import { readSession, type Session } from "./sts-session.ts";

/**
 * AssumeRoleWithWebIdentity. It bears no signature: keys that happened to be there, if bad, would make STS refuse it.
 * `token` is a secret and stays out of every message. Throws a Failure whose `serviceError` is AWS's error.
 */
export async function assumeRoleWithWebIdentity(
  where: Pick<StsAsker, "http" | "endpoint">,
  parameters: readonly Parameter[],
  token: string,
): Promise<Session> {
  const action = "AssumeRoleWithWebIdentity";
  const { http, endpoint } = where;
  const result = await callSts({ http, endpoint }, action, [...parameters, ["WebIdentityToken", token]]);
  return readSession(action, result, "AssumedRoleUser");
}
