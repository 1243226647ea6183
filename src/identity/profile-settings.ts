/** What the settings of one profile mean, before anything is followed. Pure. */
import type { Profile, Setting } from "../config/profiles.ts";
import { Failure } from "../errors.ts";
import type { Start } from "./plan.ts";

/** A setting that has a value; an empty one counts as absent. */
export function settingOf(profile: Profile, key: string): Setting | undefined {
  const setting = profile.get(key);
  return setting === undefined || setting.value === "" ? undefined : setting;
}

/** "file:line", for messages. */
export function place(setting: Setting): string {
  return `${setting.file}:${setting.line}`;
}

interface SourceKind {
  readonly name: "role" | "web-identity" | "sso" | "keys" | "login" | "process";
  readonly words: string;
  /** The setting that makes a profile be of this kind, or undefined. */
  trigger(profile: Profile): Setting | undefined;
}

const has =
  (...keys: string[]) =>
  (profile: Profile) => {
    for (const key of keys) {
      const setting = settingOf(profile, key);
      if (setting !== undefined) return setting;
    }
    return undefined;
  };

/**
 * In the AWS CLI's order of precedence. Keys stand twice: those of the credentials file come before `login_session`
 * and `credential_process`, those of the config file after.
 */
export const sourceKinds: readonly SourceKind[] = [
  {
    name: "role",
    words: "roles",
    trigger: (profile) =>
      settingOf(profile, "web_identity_token_file") === undefined
        ? settingOf(profile, "role_arn")
        : undefined,
  },
  { name: "web-identity", words: "web identity", trigger: has("web_identity_token_file") },
  {
    name: "sso",
    words: "Identity Center",
    trigger: has("sso_account_id", "sso_role_name", "sso_session", "sso_start_url"),
  },
  {
    name: "keys",
    words: "keys",
    trigger: (profile) => {
      const key = settingOf(profile, "aws_access_key_id");
      return key?.fromCredentialsFile ? key : undefined;
    },
  },
  { name: "login", words: "login_session", trigger: has("login_session") },
  { name: "process", words: "credential_process", trigger: has("credential_process") },
  { name: "keys", words: "keys", trigger: has("aws_access_key_id") },
];

/**
 * The static or session keys of the profile, or undefined when it has none. Throws a Failure for an access key
 * without its secret.
 */
export function profileKeys(profile: Profile): Start | undefined {
  const accessKey = settingOf(profile, "aws_access_key_id");
  if (accessKey === undefined) return undefined;
  const secretKey = settingOf(profile, "aws_secret_access_key");
  if (secretKey === undefined) {
    throw new Failure(
      "failed",
      `cannot use the keys of profile ${profile.name}: aws_access_key_id stands at ${place(accessKey)}, aws_secret_access_key nowhere`,
      {
        hints: [`complete it with: aws configure --profile ${profile.name}`],
      },
    );
  }
  const token = settingOf(profile, "aws_session_token") ?? settingOf(profile, "aws_security_token");
  const account = settingOf(profile, "aws_account_id");
  return {
    kind: "keys",
    from: `profile ${profile.name} (${place(accessKey)})`,
    credentials: {
      accessKeyId: accessKey.value,
      secretAccessKey: secretKey.value,
      ...(token === undefined ? {} : { sessionToken: token.value }),
      ...(account === undefined ? {} : { accountId: account.value }),
    },
  };
}
