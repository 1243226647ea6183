/** Which setting of a profile makes it which kind of source. Pure. */
import { type Profile, type Property, propertyOf } from "../config/section.ts";

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
 * In the AWS CLI's order of precedence, except that keys in the config file come before a `credential_process` beside
 * them, as in the AWS SDKs for JavaScript and Go: no program needs to run. Keys are listed twice because those of the
 * credentials file also come before `login_session`.
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
    // `sso_session` alone gives a token and no credentials: the other settings decide.
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
