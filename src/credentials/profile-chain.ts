/**
 * The guard against a `credential_process` that, directly or through other tools, runs aws-login for the profile it
 * belongs to. An environment variable tells each helper which profiles are waiting for it. Pure.
 */
import { Failure } from "../lib/errors.ts";
import type { Environment } from "../system/types.ts";

export const chainVariable = "AWS_LOGIN_PROFILE_CHAIN";

/**
 * The variable's value for the helper of one more profile. `step` names the profile with the file and line of its command, so
 * that a profile of the same name in another file is another step. Throws a Failure with the whole path on a repeat.
 */
export function extendedChain(env: Environment, step: string): string {
  const steps = [...waiting(env[chainVariable]), step];
  if (steps.indexOf(step) < steps.length - 1) {
    throw new Failure(
      "failed",
      `cannot run the credential_process of profile ${step}: it is waiting for this very profile: ${steps.join(" -> ")}`,
      { hints: ["let the command name another profile, one with credentials of its own"] },
    );
  }
  return JSON.stringify(steps);
}

/** A value that this program did not write names no profile. */
function waiting(value: string | undefined): readonly string[] {
  try {
    const steps: unknown = JSON.parse(value || "[]");
    return Array.isArray(steps) ? steps.filter((step) => typeof step === "string") : [];
  } catch {
    return [];
  }
}
