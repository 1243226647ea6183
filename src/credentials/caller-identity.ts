/** The caller identity of the acquired credentials, as STS says. */
import { getCallerIdentity } from "../aws/sts/sts.ts";
import type { CallerIdentity } from "../lib/caller-identity.ts";
import { attempted, Failure } from "../lib/errors.ts";
import type { Identity } from "./resolve.ts";

/** Throws a Failure; a refusal of STS names the principal that asked. */
export async function askCallerIdentity(identity: Identity): Promise<CallerIdentity> {
  const { http, credentials, principal, shadows } = identity;
  const endpoint = await identity.stsEndpoint();
  try {
    return await getCallerIdentity({ http, credentials, endpoint });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const doing = "cannot get the caller identity";
    // A failure without a response may precede the request.
    if (error.serviceError === undefined) throw attempted(error, doing);
    const request =
      error.serviceError.requestId === undefined ? "" : `, request ${error.serviceError.requestId}`;
    const { stsAdvice } = await import("./role-chain/sts-advice.ts");
    const hint = stsAdvice(error.serviceError, { endpoint, shadows });
    throw attempted(error, doing, {
      notes: [`asked as ${principal}${request}`],
      hints: hint === undefined ? [] : [hint],
    });
  }
}
