/** What helps against a refusal of STS, whatever was asked. Pure. */
import { isOptInRegion } from "../../aws/endpoints/opt-in-region.ts";
import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import type { ServiceError } from "../../lib/errors.ts";

export interface RefusalContext {
  /** The STS endpoint that refused. */
  readonly endpoint: Endpoint | undefined;
  /** The setting that would apply without the caller's static keys: `credential_process (…/config:5)`. */
  readonly shadows?: string | undefined;
}

/** STS has one code for a signature of the wrong time and one of the wrong key: only its words tell them apart. */
const wrongTime = /^Signature (expired|not yet current)/;

/** The hint for the refusal, or undefined when AWS's message says it all. */
export function stsAdvice(
  { code, message }: Pick<ServiceError, "code" | "message">,
  { endpoint, shadows }: RefusalContext,
): string | undefined {
  switch (code) {
    case "ExpiredToken":
    case "ExpiredTokenException":
      return shadows === undefined
        ? "the credentials of the caller have expired: renew them where they came from"
        : `the static keys have expired: remove them, and ${shadows} applies`;
    case "InvalidClientTokenId":
      return invalidKeyAdvice(endpoint, shadows);
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

/** STS of a region that is not enabled for the account knows none of its keys, and responds with the same code. */
function invalidKeyAdvice(endpoint: Endpoint | undefined, shadows: string | undefined): string {
  if (endpoint !== undefined && isOptInRegion(endpoint.signingRegion)) {
    return `${endpoint.host} also responds so when ${endpoint.signingRegion} is not enabled for the account: enable the region, or choose another with --region`;
  }
  const asked =
    endpoint === undefined ? "the region" : `${endpoint.signingRegion}, where ${endpoint.host} was asked`;
  const remove = shadows === undefined ? "" : `; without the static keys ${shadows} applies`;
  return `the access key is unknown or inactive, lacks its session token, or belongs to another partition than ${asked}${remove}`;
}
