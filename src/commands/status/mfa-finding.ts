/** What `status` says of a chain that needs an MFA code. Pure. */
import type { Step } from "../../credentials/role-chain/steps.ts";
import { type Finding, finding } from "./findings.ts";

/**
 * Undefined for a chain without MFA, and where `--mfa-token` gives the code. A code is good for one use, and the command
 * of `mfa_process` may want a touch: `status` asks neither the person nor the command.
 */
export function mfaFinding(steps: readonly Step[], mfaToken: string | undefined): Finding | undefined {
  if (mfaToken !== undefined) return undefined;
  for (const step of steps) {
    if (step.kind === "federation-token" || step.mfaSerial === undefined) continue;
    return step.mfaProcess === undefined
      ? finding(
          "sign-in-needed",
          `an MFA code for ${step.mfaSerial} is needed`,
          "aws-login getcallerid asks for it",
        )
      : finding(
          "mfa-not-asked",
          `the command of mfa_process is not run for a code of ${step.mfaSerial}`,
          "aws-login getcallerid runs it",
        );
  }
  return undefined;
}
