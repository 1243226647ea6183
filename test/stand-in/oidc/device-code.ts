import type { Client, DeviceGrant } from "../world/sign-in.ts";
import type { World } from "../world/world.ts";
import type { Members } from "./json-body.ts";
import { problem } from "./oidc-error.ts";
import type { OidcOutcome } from "./operation.ts";
import { signedIn } from "./tokens.ts";

/** Milliseconds by which each `slow_down` lengthens the interval (RFC 8628, section 3.5). */
const SLOW_DOWN = 5000;

/** The device code grant: one poll. */
export function redeemDeviceCode(members: Members, client: Client, world: World): OidcOutcome {
  const deviceCode = members.text("deviceCode");
  if (deviceCode === "") return problem("invalid_request", "The grant needs deviceCode");
  const grant = world.identityCenter.deviceGrants.get(deviceCode);
  if (grant === undefined || grant.client !== client || grant.state === "spent")
    return problem("invalid_grant", "Invalid device code provided");
  if (grant.expires <= world.now()) return problem("expired_token", "The device code has expired");
  switch (grant.state) {
    case "denied":
      return problem("access_denied", "The request was declined");
    case "pending":
      return isTooFast(grant, world.now())
        ? problem("slow_down", "The polls come too fast")
        : problem("authorization_pending", "The request is still pending");
    case "approved": {
      grant.state = "spent";
      return signedIn(client, grant.instance, world);
    }
  }
}

/** The first poll may be followed by another at once: the AWS CLI asks before and after it shows the address. */
function isTooFast(grant: DeviceGrant, now: number): boolean {
  const early = grant.lastPoll !== undefined && now - grant.lastPoll < grant.interval;
  grant.lastPoll = now;
  if (!early) return false;
  grant.early++;
  if (grant.early === 1) return false;
  grant.interval += SLOW_DOWN;
  return true;
}
