import type { IdentityCenterPlan } from "./directory-plan.ts";
import { createInstance, type Instance, plainStartUrl } from "./instance-directory.ts";
import type { AccessToken, Authorization, Client, CodeGrant, DeviceGrant, SignIn } from "./sign-in.ts";
import { DEFAULT_SETTINGS, type SignInSettings } from "./sign-in-settings.ts";

/** The state of IAM Identity Center: its instances, and what has been registered, asked, agreed to and given out. */
export interface IdentityCenter {
  readonly settings: SignInSettings;
  readonly instances: readonly Instance[];
  readonly clients: Map<string, Client>;
  /** By device code. */
  readonly deviceGrants: Map<string, DeviceGrant>;
  readonly authorizations: Map<string, Authorization>;
  readonly codeGrants: Map<string, CodeGrant>;
  readonly signIns: SignIn[];
  readonly accessTokens: Map<string, AccessToken>;
  readonly refreshTokens: Map<string, SignIn>;
  /** The portal's allowance of requests, and when it was last filled up (milliseconds since the epoch). */
  readonly allowance: { left: number; filled: number };
  instance(startUrl: string): Instance | undefined;
  /** The grant that a person names by the code on their screen, in any spelling people use. */
  deviceGrant(userCode: string): DeviceGrant | undefined;
  /** Settles a device code that is pending; false when there is none of that user code. */
  settleDevice(userCode: string, verdict: "approved" | "denied"): boolean;
}

export function createIdentityCenter(
  plans: readonly IdentityCenterPlan[],
  now: () => number,
): IdentityCenter {
  const instances = plans.map(createInstance);
  const deviceGrants = new Map<string, DeviceGrant>();
  const deviceGrant = (userCode: string) => {
    const code = plainCode(userCode);
    return [...deviceGrants.values()].find((grant) => plainCode(grant.userCode) === code);
  };
  return {
    settings: { ...DEFAULT_SETTINGS },
    instances,
    clients: new Map(),
    deviceGrants,
    authorizations: new Map(),
    codeGrants: new Map(),
    signIns: [],
    accessTokens: new Map(),
    refreshTokens: new Map(),
    allowance: { left: Number.POSITIVE_INFINITY, filled: now() },
    instance: (startUrl) => instances.find((instance) => instance.startUrl === plainStartUrl(startUrl)),
    deviceGrant,
    settleDevice(userCode, verdict) {
      const grant = deviceGrant(userCode);
      if (grant?.state !== "pending" || grant.expires <= now()) return false;
      grant.state = verdict;
      return true;
    },
  };
}

function plainCode(userCode: string): string {
  return userCode.replace(/[^A-Za-z0-9]/g, "").toUpperCase();
}
