/**
 * What will be done to come by credentials, as data: where they start and which exchanges follow. Made before
 * anything is sent; `starts/acquire-start.ts` carries out the start, `hops/take-hops.ts` the hops.
 */

import type { Credentials } from "../lib/credentials.ts";
import type { RoleRequest } from "./role-chain/role-list.ts";
import type {
  ContainerSource,
  InstanceSource,
  LoginSource,
  ProcessSource,
  SsoSource,
  WebIdentitySource,
} from "./sources/types.ts";

/** Where credentials start. `from` says it to a person: "the environment", "profile dev (…/config:12)". */
export type CredentialSource =
  | { readonly kind: "keys"; readonly from: string; readonly credentials: Credentials }
  | WebIdentitySource
  | ContainerSource
  | ProcessSource
  | LoginSource
  | SsoSource
  | InstanceSource;

export type Step = SessionTokenStep | FederationTokenStep | RoleStep;

export interface SessionTokenStep {
  readonly kind: "session-token";
  /** Seconds. */
  readonly durationSeconds: number | undefined;
  readonly mfaSerial: string | undefined;
}

export interface FederationTokenStep {
  readonly kind: "federation-token";
  readonly name: string;
  /** The session policy: the session may do what this and the user's own permissions both allow. */
  readonly policyArn: string;
  /** Seconds. */
  readonly durationSeconds: number | undefined;
}

export interface RoleStep extends RoleRequest {
  readonly kind: "role";
  readonly roleSessionName: string;
  readonly mfaSerial: string | undefined;
  /** What asked for this role, for messages: `--assume-roles`, or the profile and its place. */
  readonly from: string;
}

/** The name of a role's session where nobody gives another. */
export const defaultSessionName = "aws-login";

/**
 * What sort of credentials one holds. AWS treats them differently: only long-term keys may be exchanged for
 * session or federation tokens, a role that assumes a role gets an hour, the console refuses some.
 * `temporary` is for keys with a session token of which nothing else is known.
 */
export type CredentialKind =
  | "long-term"
  | "temporary"
  | "session-token"
  | "federation"
  | "role"
  | "chained-role"
  | "instance"
  | "sso";

/** The kind of credentials that `step` gives to a caller who holds `caller`. */
export function kindAfter(caller: CredentialKind, step: Step): CredentialKind {
  if (step.kind !== "role") return step.kind === "session-token" ? "session-token" : "federation";
  return caller === "long-term" || caller === "session-token" ? "role" : "chained-role";
}

/** Whether credentials of this kind are known to be a role's session. */
export function isRoleSession(kind: CredentialKind): boolean {
  return kind === "role" || kind === "chained-role" || kind === "instance" || kind === "sso";
}
