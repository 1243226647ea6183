/** Why a profile gives no credentials, and what to do about it. Pure. */
import { type Profile, propertyLocation, propertyOf, propertySource } from "../config/section.ts";
import { shellWord } from "../lib/quoting.ts";

export interface EmptyProfile {
  /** Follows the name of the profile: "holds no credentials". */
  readonly why: string;
  readonly hints: readonly string[];
}

/** Settings by which other tools find a profile that they write keys for. */
const OTHER_TOOLS: readonly (readonly [key: string, tool: string])[] = [
  ["azure_tenant_id", "aws-azure-login"],
  ["azure_app_id_uri", "aws-azure-login"],
  ["google_config.google_idp_id", "aws-google-auth"],
  ["google_config.google_sp_id", "aws-google-auth"],
  ["google_config.role_arn", "aws-google-auth"],
];

/** For a profile for which `planProfile` finds no source; `profile` is undefined when it does not exist. */
export function emptyProfile(name: string, profile: Profile | undefined): EmptyProfile {
  const has = (key: string) => profile && propertyOf(profile, key);
  const session = has("sso_session") ?? has("sso_start_url");
  if (session !== undefined) {
    return {
      why: `names Identity Center (${propertyLocation(session)}), and neither sso_account_id nor sso_role_name`,
      hints: [
        `choose an account and role with: aws configure sso --profile ${shellWord(name)}`,
        "or name them here with --sso-acct-id and --sso-role-name",
      ],
    };
  }
  const source = has("source_profile");
  const needsRole = source ?? has("credential_source");
  if (needsRole !== undefined) {
    const key = source === undefined ? "credential_source" : "source_profile";
    const itself =
      source && `for the credentials of ${source.value} itself: --profile ${shellWord(source.value)}`;
    return {
      why: `has ${propertySource(key, needsRole)} and no role_arn`,
      hints: ["add role_arn = ARN, the role to assume", ...(itself === undefined ? [] : [itself])],
    };
  }
  const included = has("include_profile");
  if (included !== undefined) {
    return {
      why: `holds only ${propertySource("include_profile", included)}, which aws-vault alone reads`,
      hints: [`copy the settings of profile ${included.value} into it`],
    };
  }
  for (const [key, tool] of OTHER_TOOLS) {
    const setting = has(key);
    if (setting === undefined) continue;
    return {
      why: `is a profile of ${tool} (${propertySource(key, setting)}), which has stored no keys for it`,
      hints: [`let that tool store keys with: ${tool} --profile ${shellWord(name)}`],
    };
  }
  return {
    why: "holds no credentials",
    hints: [`give it some with: aws configure --profile ${shellWord(name)}`],
  };
}
