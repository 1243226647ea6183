/** The credentials of an endpoint, acquired without a person. */
import type { IdentityRequest } from "../credentials/identity-request.ts";
import { acquireIdentity } from "../credentials/resolve.ts";
import { Failure } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
import { type EndpointCredentials, endpointCredentials } from "./endpoint-credentials.ts";

/**
 * Throws a Failure, of the kind `sign-in-needed` where a person would have been asked. `longTermHint` says what to do
 * about long-term keys.
 */
export async function acquireCredentials(
  request: IdentityRequest,
  given: System,
  longTermHint?: string,
): Promise<EndpointCredentials> {
  // What other processes left behind counts from now on, and not since this process began.
  const began = given.now();
  let needsPerson = false;
  const system: System = {
    ...given,
    startedAt: () => began,
    promptSecret: async () => {
      needsPerson = true;
      return undefined;
    },
    // Warnings were shown when the first credentials were acquired.
    stderr: (line) => {
      if (request.verbose) given.stderr(line);
    },
  };
  try {
    return endpointCredentials(await acquireIdentity(request, system), system.now(), longTermHint);
  } catch (error) {
    if (!needsPerson || !(error instanceof Failure)) throw error;
    throw new Failure("sign-in-needed", error.message, {
      hints: ["let a command give the code: mfa_process = COMMAND in the profile"],
      cause: error,
    });
  }
}
