/** Who the acquired identity is, as STS says. */
import { type CallerIdentity, getCallerIdentity } from "../aws/sts/sts.ts";
import { attempted, Failure } from "../lib/errors.ts";
import type { Identity } from "./resolve.ts";

/** Throws a Failure; where STS refused, it names whose credentials asked. */
export async function askCallerIdentity(identity: Identity): Promise<CallerIdentity> {
  const { http, credentials } = identity;
  try {
    return await getCallerIdentity({ http, credentials, endpoint: await identity.stsEndpoint() });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const request =
      error.serviceError?.requestId === undefined ? "" : `, request ${error.serviceError.requestId}`;
    const { adviceOn } = await import("./role-chain/step-error.ts");
    const hint = error.serviceError === undefined ? undefined : adviceOn(error.serviceError);
    throw attempted(error, "cannot get the caller identity", {
      // Without an answer nobody may have been asked.
      notes: error.serviceError === undefined ? [] : [`asked as ${identity.principal}${request}`],
      hints: hint === undefined ? [] : [hint],
    });
  }
}
