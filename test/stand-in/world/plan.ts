import type { PartitionId } from "../partitions.ts";
import type { IdentityCenterPlan } from "./directory-plan.ts";
import type {
  ActionsPlan,
  ContainerPlan,
  LoginPlan,
  TrustAnchorPlan,
  WebIdentityPlan,
} from "./outside-plan.ts";

/** The identities that exist at the start, as plain data. Account ids are twelve digits of text. */
export interface WorldPlan {
  readonly users?: readonly UserPlan[];
  readonly roots?: readonly RootPlan[];
  readonly roles?: readonly RolePlan[];
  readonly instance?: InstancePlan;
  readonly identityCenters?: readonly IdentityCenterPlan[];
  readonly webIdentities?: readonly WebIdentityPlan[];
  readonly actions?: ActionsPlan;
  readonly container?: ContainerPlan;
  readonly trustAnchors?: readonly TrustAnchorPlan[];
  readonly logins?: readonly LoginPlan[];
  /** Regions in which STS gives out no credentials. */
  readonly disabledRegions?: readonly string[];
}

/** A long-term key. `active: false` is a key that was switched off. */
export interface KeyPlan {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly active?: boolean;
}

/** A virtual MFA device: its codes follow from `seed` and the time (RFC 6238). */
export interface MfaDevicePlan {
  readonly serialNumber: string;
  readonly seed: string;
}

export interface RootPlan {
  /** Default: `aws`. */
  readonly partition?: PartitionId;
  readonly account: string;
  readonly keys: readonly KeyPlan[];
  readonly mfaDevices?: readonly MfaDevicePlan[];
}

export interface UserPlan extends RootPlan {
  readonly name: string;
  /** Default: `/`. */
  readonly path?: string;
}

export interface RolePlan {
  readonly partition?: PartitionId;
  readonly account: string;
  readonly name: string;
  readonly path?: string;
  /** The unique id, `AROA…`; made from the name when absent. */
  readonly id?: string;
  /** Who may assume it: ARNs of users, roles or role sessions, ARNs of account roots, or `*`. */
  readonly trusts: readonly string[];
  readonly externalId?: string;
  readonly requiresMfa?: boolean;
  /** Seconds; default 3600. */
  readonly maxSessionDuration?: number;
  /** `denied` refuses a request that sets SourceIdentity; default `allowed`. */
  readonly sourceIdentity?: "allowed" | "denied";
}

/** The machine that instance metadata describes. */
export interface InstancePlan {
  /** The ARN of its role; absent: the machine has none. */
  readonly role?: string;
  readonly region: string;
  readonly availabilityZone?: string;
  readonly instanceId?: string;
  /** Serve the extended credentials path too. */
  readonly extended?: boolean;
  /** Metadata is switched off: everything is 403. */
  readonly disabled?: boolean;
  /** `unauthorized`: the credentials document is an error with status 200. `expired`: it is past its Expiration. */
  readonly trouble?: "unauthorized" | "expired";
}
