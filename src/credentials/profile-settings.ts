/** What the settings of one profile mean, before anything is followed. Pure. */
import { type Profile, type Property, propertyLocation, propertyOf } from "../config/section.ts";
import { Failure } from "../lib/errors.ts";
import { shellWord } from "../lib/quoting.ts";
import type { CredentialSource } from "./plan.ts";

interface SourceKind {
  readonly name: "role" | "web-identity" | "sso" | "keys" | "login" | "process";
  /** The setting that makes a profile be of this kind, or undefined. */
  trigger(profile: Profile): Property | undefined;
}

const has =
  (...keys: string[]) =>
  (profile: Profile) => {
    for (const key of keys) {
      const setting = propertyOf(profile, key);
      if (setting !== undefined) return setting;
    }
    return undefined;
  };

/**
 * In the AWS CLI's order of precedence, but for keys in the config file beside a `credential_process`: whoever wrote
 * both there means the keys, as the AWS SDKs for JavaScript and Go have it, and no program need run. Keys stand twice
 * because those of the credentials file come before `login_session` too.
 */
export const sourceKinds: readonly SourceKind[] = [
  {
    name: "role",
    trigger: (profile) =>
      propertyOf(profile, "web_identity_token_file") === undefined
        ? propertyOf(profile, "role_arn")
        : undefined,
  },
  { name: "web-identity", trigger: has("web_identity_token_file") },
  {
    name: "sso",
    // A session alone gives tokens, no credentials: what else the profile has counts.
    trigger: has("sso_account_id", "sso_role_name"),
  },
  {
    name: "keys",
    trigger: (profile) => {
      const key = propertyOf(profile, "aws_access_key_id");
      return key?.fromCredentialsFile ? key : undefined;
    },
  },
  { name: "login", trigger: has("login_session") },
  { name: "keys", trigger: has("aws_access_key_id") },
  { name: "process", trigger: has("credential_process") },
];

/**
 * The static or session keys of the profile, or undefined when it has none. Throws a Failure for an access key
 * without its secret.
 */
export function profileKeys(profile: Profile): CredentialSource | undefined {
  const accessKey = propertyOf(profile, "aws_access_key_id");
  if (accessKey === undefined) return undefined;
  const secretKey = propertyOf(profile, "aws_secret_access_key");
  if (secretKey === undefined) {
    throw new Failure(
      "failed",
      `cannot use the keys of profile ${profile.name}: aws_access_key_id stands at ${propertyLocation(accessKey)}, aws_secret_access_key nowhere`,
      {
        hints: [`complete it with: aws configure --profile ${shellWord(profile.name)}`],
      },
    );
  }
  const token = propertyOf(profile, "aws_session_token") ?? propertyOf(profile, "aws_security_token");
  const account = propertyOf(profile, "aws_account_id");
  return {
    kind: "keys",
    from: `profile ${profile.name} (${propertyLocation(accessKey)})`,
    credentials: {
      accessKeyId: accessKey.value,
      secretAccessKey: secretKey.value,
      ...(token === undefined ? {} : { sessionToken: token.value }),
      ...(account === undefined ? {} : { accountId: account.value }),
    },
  };
}

/** Why a profile without any source of credentials has none, for a person who thinks it has. */
export function whyEmpty(profile: Profile | undefined): string {
  const session = profile && (propertyOf(profile, "sso_session") ?? propertyOf(profile, "sso_start_url"));
  return session === undefined
    ? "it holds no credentials"
    : `it has neither sso_account_id nor sso_role_name beside its Identity Center (${propertyLocation(session)})`;
}
