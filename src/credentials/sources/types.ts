/** The sources that take work to get credentials from, as data: what they need to know, checked, and nothing done yet. */
import type { ContainerAddress } from "../../aws/container/container-address.ts";
import type { PortalChoice } from "../../sso/portal-choice.ts";

/** A role for whoever holds the token in a file; no other credentials are needed. */
export interface WebIdentitySource {
  readonly kind: "web-identity";
  /** What asked for it: variables, or "profile dev (…/config:12)". */
  readonly from: string;
  readonly roleArn: string;
  /** Undefined where nothing names one, so that the option or the default does. */
  readonly roleSessionName: string | undefined;
  readonly tokenFile: string;
  /** The variable, or the setting with file and line, that names the file. */
  readonly tokenSource: string;
}

export interface ContainerSource {
  readonly kind: "container";
  readonly from: string;
  readonly address: ContainerAddress;
  /** The value of the Authorization header, or the file that holds it; the file wins where both are set. */
  readonly authorization: { readonly file: string } | { readonly text: string } | undefined;
}

/** `credential_process`. */
export interface ProcessSource {
  readonly kind: "process";
  /** "profile dev (…/config:12)". */
  readonly from: string;
  readonly command: string;
  /** Says where a comment ends the command in its line; absent without a comment. */
  readonly cutAt?: string;
  /** The profile's `aws_account_id`, for a command that tells none. */
  readonly accountId: string | undefined;
}

/** `login_session`, what the AWS CLI's `aws login` leaves in a profile. */
export interface LoginSource {
  readonly kind: "login-session";
  /** "profile dev (…/config:12)". */
  readonly from: string;
  readonly profileName: string;
  /** The ARN of whoever signed in; the file's name is made of it as it stands. */
  readonly session: string;
}

/** A role (permission set) of an account, as Identity Center gives it to whoever signed in. */
export interface SsoSource {
  readonly kind: "sso-role";
  /** "Identity Center", or "profile dev (…/config:12)". */
  readonly from: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly roleName: string;
  readonly portal: PortalChoice;
}

/** `skipped` says of each source before this one why it did not apply. */
export interface InstanceSource {
  readonly kind: "instance-metadata";
  readonly from: string;
  /** "credential_source of profile dev"; absent where the default chain came here. */
  readonly namedBy?: string;
  readonly skipped: readonly string[];
}
