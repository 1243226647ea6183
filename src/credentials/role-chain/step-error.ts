/** A failed hop in words: which one, of which role, asked as whom, what AWS said, and what may help. Pure. */

import { attempted, type Failure, type ServiceError } from "../../lib/errors.ts";
import type { Step } from "../plan.ts";

export interface FailedStep {
  readonly number: number;
  readonly of: number;
  readonly step: Step;
  /** The caller: an ARN, or an access key id and where it came from. */
  readonly asked: string;
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
    // Without an answer nobody may have been asked.
    notes: reason.serviceError === undefined ? [] : [`asked as ${failed.asked}${request}`],
    hints: reason.serviceError === undefined ? [] : adviceFor(step, reason.serviceError),
  });
}

function adviceFor(step: Step, answer: ServiceError): readonly string[] {
  const { code, message } = answer;
  const denied = code === "AccessDenied" || code === "AccessDeniedException";
  // STS has this code for a wrong MFA code as well: its words tell them apart.
  if (denied && message.includes("MultiFactorAuthentication")) {
    const serial = step.kind === "federation-token" ? undefined : step.mfaSerial;
    if (serial !== undefined) {
      return [
        `each MFA code works once: wait for the next one, and check that ${serial} is the device that shows it`,
      ];
    }
  }
  if (denied && step.kind === "role") {
    const name = step.roleArn.slice(step.roleArn.lastIndexOf("/") + 1);
    return [
      `the trust policy of ${name} must admit that caller (external id and MFA included), and the caller needs sts:AssumeRole on ${name}`,
    ];
  }
  const advice = adviceOn(answer);
  return advice === undefined ? [] : [advice];
}

/** STS has one code for a signature of the wrong time and one of the wrong key: only its words tell them apart. */
const wrongTime = /^Signature (expired|not yet current)/;

/** What helps against a refusal of STS, whatever was asked; undefined when the message says it all. */
export function adviceOn({ code, message }: Pick<ServiceError, "code" | "message">): string | undefined {
  switch (code) {
    case "ExpiredToken":
    case "ExpiredTokenException":
      return "the credentials that asked have expired: renew them where they came from";
    case "InvalidClientTokenId":
      return "the access key is unknown or inactive, lacks its session token, or belongs to another partition than the region";
    case "SignatureDoesNotMatch":
      if (wrongTime.test(message))
        return "set this machine's clock: it is off, or has changed during the run";
      return "the secret key does not belong to the access key, or AWS has no region of that name";
    case "RegionDisabledException":
      return "STS is switched off for this account in that region: choose another with --region";
    case "PackedPolicyTooLarge":
      return "shorten the session policy or the tags";
    default:
      return undefined;
  }
}
