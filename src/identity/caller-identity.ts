/** Who the acquired identity is, as STS says. */
import { type CallerIdentity, getCallerIdentity } from "../aws/sts.ts";
import { Failure } from "../errors.ts";
import type { Identity } from "./acquire-identity.ts";

/** Throws a Failure that names the access key asked with. */
export async function askCallerIdentity(identity: Identity): Promise<CallerIdentity> {
  const { wire, credentials } = identity;
  try {
    return await getCallerIdentity({ wire, credentials, endpoint: await identity.stsEndpoint() });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const request = error.answer?.requestId === undefined ? "" : `, request ${error.answer.requestId}`;
    const { adviceForCode } = await import("./hop-failure.ts");
    const hint = error.answer === undefined ? undefined : adviceForCode(error.answer.code);
    throw new Failure(error.kind, `cannot get the caller identity: ${error.message}`, {
      notes: [`asked as ${identity.holder}${request}`, ...error.notes],
      hints: hint === undefined ? error.hints : [hint, ...error.hints],
      cause: error,
      ...(error.answer === undefined ? {} : { answer: error.answer }),
    });
  }
}
