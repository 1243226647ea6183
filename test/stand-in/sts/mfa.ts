import type { Session } from "../world/session.ts";
import type { World } from "../world/world.ts";
import type { Parameters } from "./constraints.ts";
import { denied, type Problem } from "./operation.ts";

/** Whether the request brought MFA; a code that is right is spent by asking. */
export function checkMfa(
  parameters: Parameters,
  caller: Session,
  world: World,
): { readonly mfa: boolean } | { readonly problem: Problem } {
  const serial = parameters.get("SerialNumber");
  const code = parameters.get("TokenCode");
  if (serial === undefined && code === undefined) return { mfa: false };
  const failed = (reason: string) => ({ problem: denied(`MultiFactorAuthentication failed${reason}`) });
  if (serial === undefined || code === undefined) {
    return failed(", must provide both MFA serial number and one time pass code.");
  }
  const device = caller.mfaDevices.find(({ serialNumber }) => serialNumber === serial);
  if (device === undefined) {
    return failed(
      ", unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
    );
  }
  if (!world.spendMfaCode(device, code)) return failed(" with invalid MFA one time pass code. ");
  return { mfa: true };
}
