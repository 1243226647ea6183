/** A failed step in words: which one, of which role, who asked, what AWS said, and what may help. Pure. */

import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import { attempted, type Failure, type ServiceError } from "../../lib/errors.ts";
import type { RoleStep, Step } from "./steps.ts";
import { type RefusalContext, stsAdvice } from "./sts-advice.ts";

export interface FailedStep extends Pick<RefusalContext, "shadows"> {
  readonly number: number;
  readonly of: number;
  readonly step: Step;
  /** The principal of the caller: an ARN, or an access key id and its source. */
  readonly caller: string;
  /** Undefined when the failure is that there is no endpoint. */
  readonly endpoint: Endpoint | undefined;
}

/** Keeps the kind, the notes and the hints of `reason`, and adds its own before them. */
export function stepError(failed: FailedStep, reason: Failure): Failure {
  const { step, number, of } = failed;
  const which = of > 1 ? ` (step ${number} of ${of})` : "";
  const doing =
    step.kind === "role"
      ? `cannot assume role ${step.roleArn}${which}`
      : `cannot get a ${step.kind === "session-token" ? "session" : "federation"} token${which}`;
  const request =
    reason.serviceError?.requestId === undefined ? "" : `, request ${reason.serviceError.requestId}`;
  return attempted(reason, doing, {
    // A failure without a response may precede the request.
    notes: reason.serviceError === undefined ? [] : [`asked as ${failed.caller}${request}`],
    hints: reason.serviceError === undefined ? [] : adviceFor(failed, reason.serviceError),
  });
}

/** STS has one code for several refusals: only its words tell them apart. */
const exceedsMaximum = /MaxSessionDuration|session limit for roles assumed by role chaining/;

function adviceFor(failed: FailedStep, refusal: ServiceError): readonly string[] {
  const { step } = failed;
  const { code, message } = refusal;
  const denied = code === "AccessDenied" || code === "AccessDeniedException";
  if (denied && message.includes("MultiFactorAuthentication")) {
    const serial = step.kind === "federation-token" ? undefined : step.mfaSerial;
    if (serial !== undefined) {
      return [
        `each MFA code works once: wait for the next one, and check that ${serial} is the device that shows it`,
      ];
    }
  }
  if (step.kind === "role") {
    const name = step.roleArn.slice(step.roleArn.lastIndexOf("/") + 1);
    if (denied) {
      return [
        `the trust policy of ${name} must admit that caller (external id and MFA included), and the caller needs sts:AssumeRole on ${name}`,
      ];
    }
    const lower = durationAdvice(step, refusal);
    if (lower !== undefined) return [lower];
  }
  const advice = stsAdvice(refusal, failed);
  return advice === undefined ? [] : [advice];
}

/** Names the setting to lower where STS refuses a session for its length; undefined for other refusals. */
export function durationAdvice(
  { roleArn, durationSeconds, durationSource = "the duration" }: RoleStep,
  { code, message }: Pick<ServiceError, "code" | "message">,
): string | undefined {
  if (code !== "ValidationError" || !exceedsMaximum.test(message)) return undefined;
  const name = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return `lower ${durationSource}, which asks for ${durationSeconds} seconds, or raise the maximum session duration of ${name}`;
}
