/** The profiles of the config files as candidates. Pure. */
import { parseArn } from "../aws/endpoints/arn.ts";
import type { SharedConfig } from "../config/profiles.ts";
import { type Profile, propertyOf } from "../config/section.ts";
import { Failure } from "../lib/errors.ts";
import { optional } from "../lib/optional.ts";
import type { Candidate } from "./candidate.ts";

/** A profile yields credentials only where it has one of these settings. */
const SOURCES = [
  "role_arn",
  "sso_account_id",
  "sso_role_name",
  "aws_access_key_id",
  "credential_process",
  "web_identity_token_file",
  "login_session",
];

/**
 * Every profile that has a setting to yield credentials, in the order of the files. A profile with a malformed part is a
 * candidate by its name alone: its use says what is wrong.
 */
export function profileCandidates(config: SharedConfig): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const name of config.profileNames()) {
    try {
      const profile = config.profile(name);
      if (profile !== undefined && SOURCES.some((key) => profile.get(key)?.value))
        candidates.push(profileCandidate(profile, config));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      candidates.push({ profile: name, options: { profile: name } });
    }
  }
  return candidates;
}

function profileCandidate(profile: Profile, config: SharedConfig): Candidate {
  const text = (key: string) => propertyOf(profile, key)?.value;
  const roleArn = parseArn(text("role_arn") ?? "");
  const ofArn = roleArn?.resource.startsWith("role/") ? roleArn : undefined;
  const ssoSession = text("sso_session");
  return {
    profile: profile.name,
    ...optional("accountId", ofArn?.account ?? text("sso_account_id")),
    ...optional("roleName", ofArn?.resource.split("/").at(-1) ?? text("sso_role_name")),
    ...(ofArn === undefined ? optional("startUrl", startUrlOf(profile, ssoSession, config)) : {}),
    ...(ofArn === undefined ? optional("ssoSession", ssoSession) : {}),
    ...optional("region", text("region")),
    options: { profile: profile.name },
  };
}

function startUrlOf(
  profile: Profile,
  ssoSession: string | undefined,
  config: SharedConfig,
): string | undefined {
  const section = ssoSession === undefined ? profile : config.ssoSession(ssoSession);
  return section && propertyOf(section, "sso_start_url")?.value;
}
