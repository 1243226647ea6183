/**
 * The private copy of the AWS config with a profile that has all settings of the default profile but its credentials. SDKs
 * take the credentials of the default profile before those of an endpoint; a profile without credentials leads them to
 * the endpoint, and `--profile other` goes on working. Pure.
 */
import type { SharedConfig } from "../config/profiles.ts";
import type { Profile, Property } from "../config/section.ts";

/** What makes a profile yield credentials in one SDK or another. */
const yielding = [
  "aws_access_key_id",
  "aws_secret_access_key",
  "role_arn",
  "web_identity_token_file",
  "sso_session",
  "sso_start_url",
  "sso_account_id",
  "sso_role_name",
  "login_session",
  "credential_process",
] as const;

/** What only says more about such credentials. */
const belonging = [
  "aws_session_token",
  "aws_security_token",
  "aws_account_id",
  "aws_credential_scope",
  "credential_source",
  "source_profile",
  "duration_seconds",
  "external_id",
  "mfa_serial",
  "mfa_process",
  "role_session_name",
  "source_identity",
  "session_tags",
  "transitive_session_tags",
  "sso_region",
  "sso_registration_scopes",
] as const;

const leftOut: ReadonlySet<string> = new Set([...yielding, ...belonging]);

/** The setting by which SDKs would take the default profile before an endpoint; undefined when they would not. */
export function yieldingSetting(profile: Profile | undefined): string | undefined {
  const properties = profile?.properties();
  return yielding.find((key) => properties?.get(key)?.value);
}

/** A name that no profile of either file has. */
export function freeProfileName(config: Pick<SharedConfig, "profileNames">): string {
  const taken = new Set(config.profileNames());
  for (let number = 1; ; number++) {
    const name = number === 1 ? "aws-login" : `aws-login-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** `text` is that of the config file, which stays as it is. */
export function configCopy(text: string, name: string, defaultProfile: Profile | undefined): string {
  const lines = [...(defaultProfile?.properties() ?? [])]
    .filter(([key]) => !leftOut.has(key))
    .flatMap(([key, property]) => settingLines(key, property));
  const start = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return `${start}[profile ${name}]\n${lines.map((line) => `${line}\n`).join("")}`;
}

function settingLines(key: string, { value, nested }: Property): string[] {
  const children = [...(nested ?? [])].map(([name, child]) => `  ${name} = ${child.value}`);
  // Further lines of a value are indented in the file, and belong to it by that.
  return [`${key} = ${value.replaceAll("\n", "\n  ")}`.trimEnd(), ...children];
}
