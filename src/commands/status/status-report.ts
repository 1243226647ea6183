/** What `status` reports. Types only. The JSON form is stable: members are added, and none changes its meaning. */
import type { CallerIdentity } from "../../lib/caller-identity.ts";
import type { Finding } from "./findings.ts";

export interface StatusReport {
  readonly version: 1;
  /** As STS says; null when it was not asked, or refused. */
  readonly identity: CallerIdentity | null;
  /** Null where no source applies. */
  readonly source: SourceReport | null;
  readonly credentials: CredentialsReport | null;
  readonly region: { readonly value: string; readonly from: string } | null;
  readonly skipped: readonly { readonly source: string; readonly why: string }[];
  readonly signIns: readonly SignInReport[];
  readonly findings: readonly Finding[];
}

export interface SourceReport {
  readonly kind: string;
  /** As messages name it. */
  readonly from: string;
  /** The profile in use; null where it has no say. */
  readonly profile: string | null;
  readonly file: string | null;
  /** One-based. */
  readonly line: number | null;
  /** The variable that names the source or the profile; null without one. */
  readonly variable: string | null;
  readonly chain: readonly ChainReport[];
}

export interface ChainReport {
  readonly kind: "session-token" | "federation-token" | "role";
  readonly role: string | null;
  readonly mfa: string | null;
}

export interface CredentialsReport {
  /** The first four and the last four characters. */
  readonly accessKeyId: string | null;
  /** RFC 3339, UTC; null for credentials without an end and for an end that is not known. */
  readonly expiration: string | null;
  /** Whether new ones come without a person. */
  readonly renewable: boolean;
}

export interface SignInReport {
  readonly startUrl: string | null;
  readonly region: string;
  readonly expiresAt: string | null;
  readonly refreshable: boolean;
  readonly clientExpiresAt: string | null;
  readonly file: string | null;
}
