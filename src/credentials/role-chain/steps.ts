/** The steps of a role chain, as data. */
import type { CredentialKind } from "../kinds.ts";

export type Step = SessionTokenStep | FederationTokenStep | RoleStep;

export interface SessionTokenStep {
  readonly kind: "session-token";
  /** Seconds. */
  readonly durationSeconds: number | undefined;
  readonly mfaSerial: string | undefined;
  /** A command that prints the code of `mfaSerial`; absent: a person is asked. */
  readonly mfaProcess?: string;
}

export interface FederationTokenStep {
  readonly kind: "federation-token";
  readonly name: string;
  /** The session policy: the session may do what both this policy and the user's own permissions allow. */
  readonly policyArn: string;
  /** Seconds. */
  readonly durationSeconds: number | undefined;
}

/** One role to assume, with the parameters of AssumeRole that its own list or profile gives. */
export interface RoleRequest {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly roleSessionName?: string;
  /** Seconds. */
  readonly durationSeconds?: number;
  readonly sourceIdentity?: string;
  /** A session policy, as JSON text. */
  readonly policy?: string;
  readonly policyArns?: readonly string[];
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
  readonly transitiveTagKeys?: readonly string[];
  /** Names the setting that gives `durationSeconds`, for messages: `duration_seconds (…/config:4)`. */
  readonly durationSource?: string;
}

/** The role of a list or a profile, before the options give it what it lacks. */
export interface NamedRole extends RoleRequest {
  readonly kind: "role";
  readonly mfaSerial: string | undefined;
  /** A command that prints the code of `mfaSerial`; absent: a person is asked. */
  readonly mfaProcess?: string;
  /** Who names the role. An ARN of the command line is checked here; one of a profile is left to AWS, as in the SDKs. */
  readonly origin: "command-line" | "profile";
  /** Names the role's origin in messages: `--assume-roles`, or the profile with its file and line. */
  readonly from: string;
}

export interface RoleStep extends NamedRole {
  readonly roleSessionName: string;
}

/** A role that a role session assumes lasts at most this many seconds, whatever its own maximum is. */
export const longestChainedSeconds = 3600;

/** The kind of credentials that `step` gives to a caller with credentials of the kind `caller`. */
export function kindAfter(caller: CredentialKind, step: Step): CredentialKind {
  if (step.kind !== "role") return step.kind === "session-token" ? "session-token" : "federation";
  return caller === "long-term" || caller === "session-token" ? "role" : "chained-role";
}
