import type { PartitionId } from "../partitions.ts";
import type { MfaDevicePlan } from "./plan.ts";

/**
 * Who holds a key.
 * - `user`, `root`: long-term keys
 * - `role`: a role assumed with long-term keys
 * - `chained-role`: a role assumed with temporary keys
 * - `session-token`, `federated`: from GetSessionToken, GetFederationToken
 * - `instance`: the role of a machine
 * - `login`: a user, from `aws login`
 * - `sso`: the role of a permission set, from the Identity Center portal
 */
export type SessionKind =
  | "user"
  | "root"
  | "role"
  | "chained-role"
  | "session-token"
  | "federated"
  | "instance"
  | "login"
  | "sso";

/** A key that the world knows, and what it stands for. */
export interface Session {
  readonly kind: SessionKind;
  readonly partition: PartitionId;
  readonly account: string;
  /** As GetCallerIdentity shows it. */
  readonly arn: string;
  readonly userId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent for long-term keys. */
  readonly sessionToken?: string;
  /** Milliseconds since the epoch; absent when the keys do not expire. */
  readonly expiration?: number;
  readonly active: boolean;
  /** The ARNs under which a trust policy may admit this caller. */
  readonly principals: readonly string[];
  /** The devices whose codes this caller may present. */
  readonly mfaDevices: readonly MfaDevicePlan[];
  /** The keys were given out against an MFA code. */
  readonly mfa: boolean;
  readonly sourceIdentity?: string;
  readonly transitiveTags: ReadonlyMap<string, string>;
  /** From GetFederationToken without a policy: the keys may do nothing. */
  readonly powerless?: boolean;
}

/** Keys from STS or from a machine, as against those of a user or of an account's root. */
export function isTemporary(session: Session): boolean {
  return session.sessionToken !== undefined;
}
