/**
 * One profile, followed down to where its credentials start: which of its settings wins, and which roles are then
 * assumed on the way back up. Pure.
 */
import { missingProfileHints } from "../config/profile-choice.ts";
import type { SharedConfig } from "../config/profiles.ts";
import { type Profile, propertyLocation, propertyOf } from "../config/section.ts";
import { Failure } from "../lib/errors.ts";
import { shellWord } from "../lib/quoting.ts";
import type { CredentialSource, RoleStep } from "./plan.ts";
import { profileKeys, sourceKinds } from "./profile-settings.ts";
import { loginSource } from "./sources/login-session-plan.ts";
import { processSource } from "./sources/process-plan.ts";
import { ssoSourceOfProfile } from "./sources/sso-profile.ts";
import { webIdentitySource } from "./sources/web-identity-plan.ts";

/** A start and the roles on top of it, the first to be assumed first. */
export interface SourcePlan {
  readonly start: CredentialSource;
  readonly roles: readonly RoleStep[];
}

/** Starts that a profile only names: `credential_source`. */
export interface NamedSources {
  /** Throws a Failure when the environment has no keys. */
  environment(from: string): CredentialSource;
  /** Throws a Failure when no container's variables are set. */
  container(from: string): CredentialSource;
  instanceMetadata(from: string): CredentialSource;
}

/** Roles one on the other. Nobody has as many: each costs a call, and each looks at all that lead to it. */
const longestPath = 100;

/**
 * The plan of the profile, or undefined when it holds nothing that leads to credentials. `visited` are the profiles
 * on the way here, for the path in a message about a cycle. The order of precedence is that of `sourceKinds`; a profile
 * that is only the source of another uses its own keys before everything else. Throws a Failure that names the
 * profile, the file and the line.
 */
export function planProfile(
  profile: Profile,
  config: SharedConfig,
  sources: NamedSources,
  visited: readonly string[] = [],
): SourcePlan | undefined {
  const isSource = visited.length > 0;
  const keys = profileKeys(profile);
  if (isSource && keys !== undefined) return withoutRoles(keys);
  for (const kind of sourceKinds) {
    if (kind.trigger(profile) === undefined) continue;
    if (kind.name === "role") return planRole(profile, config, sources, [...visited, profile.name]);
    if (kind.name === "keys") return withoutRoles(keys);
    if (kind.name === "web-identity") return withoutRoles(webIdentitySource({}, profile));
    if (kind.name === "login") return withoutRoles(loginSource(profile));
    if (kind.name === "process") return withoutRoles(processSource(profile));
    return withoutRoles(ssoSourceOfProfile(profile, config));
  }
  return undefined;
}

function withoutRoles(start: CredentialSource | undefined): SourcePlan | undefined {
  return start && { start, roles: [] };
}

function planRole(
  profile: Profile,
  config: SharedConfig,
  sources: NamedSources,
  path: readonly string[],
): SourcePlan {
  const roleArn = propertyOf(profile, "role_arn");
  const source = propertyOf(profile, "source_profile");
  const named = propertyOf(profile, "credential_source");
  const doing = `cannot use the role of profile ${profile.name}`;
  if (roleArn === undefined)
    throw new Failure("failed", `${doing}: it has no role_arn`, {
      hints: ["add role_arn = ARN, the role to assume"],
    });
  const at = propertyLocation(roleArn);
  if (source !== undefined && named !== undefined) {
    throw new Failure("failed", `${doing} (${at}): it has both source_profile and credential_source`, {
      hints: ["keep the one that holds the starting credentials and remove the other"],
    });
  }
  if (source === undefined && named === undefined) {
    throw new Failure("failed", `${doing} (${at}): it has neither source_profile nor credential_source`, {
      hints: ["add source_profile = NAME, the profile whose credentials may assume the role"],
    });
  }
  const base =
    source === undefined
      ? {
          start: namedSource(
            named?.value ?? "",
            `${doing} (${named === undefined ? at : propertyLocation(named)})`,
            profile.name,
            sources,
          ),
          roles: [],
        }
      : planSource(profile, source.value, `${doing} (${propertyLocation(source)})`, config, sources, path);
  return { start: base.start, roles: [...base.roles, roleStep(profile, roleArn.value, at)] };
}

function planSource(
  profile: Profile,
  sourceName: string,
  doing: string,
  config: SharedConfig,
  sources: NamedSources,
  path: readonly string[],
): SourcePlan {
  if (sourceName === profile.name) {
    const own = profileKeys(profile);
    if (own !== undefined) return { start: own, roles: [] };
    throw new Failure(
      "failed",
      `${doing}: source_profile is the profile itself, and it has no keys of its own`,
      {
        hints: [
          "name the profile whose credentials may assume the role, or add aws_access_key_id and aws_secret_access_key",
        ],
      },
    );
  }
  if (path.includes(sourceName)) {
    throw new Failure(
      "failed",
      `${doing}: the source profiles go round in a circle: ${[...path, sourceName].join(" -> ")}`,
      { hints: ["let one of them have credentials of its own in place of source_profile"] },
    );
  }
  const source = config.profile(sourceName);
  if (source === undefined) {
    throw new Failure("failed", `${doing}: there is no source profile ${sourceName}`, {
      hints: missingProfileHints(sourceName, config),
    });
  }
  if (path.length > longestPath) {
    throw new Failure("failed", `${doing}: more than ${longestPath} profiles lead to it by source_profile`, {
      hints: ["let one of them have credentials of its own in place of source_profile"],
    });
  }
  const plan = planProfile(source, config, sources, path);
  if (plan !== undefined) return plan;
  throw new Failure("failed", `${doing}: its source profile ${sourceName} holds no credentials`, {
    hints: [`give it some with: aws configure --profile ${shellWord(sourceName)}`],
  });
}

function namedSource(name: string, doing: string, profile: string, sources: NamedSources): CredentialSource {
  const from = `credential_source of profile ${profile}`;
  switch (name) {
    case "Environment":
      return sources.environment(from);
    case "Ec2InstanceMetadata":
      return sources.instanceMetadata(from);
    case "EcsContainer":
      return sources.container(from);
    default:
      throw new Failure("failed", `${doing}: credential_source = ${name} is unknown`, {
        hints: ["it must be Environment, Ec2InstanceMetadata or EcsContainer"],
      });
  }
}

function roleStep(profile: Profile, roleArn: string, at: string): RoleStep {
  const externalId = propertyOf(profile, "external_id")?.value;
  const duration = propertyOf(profile, "duration_seconds")?.value;
  return {
    kind: "role",
    roleArn,
    roleSessionName: propertyOf(profile, "role_session_name")?.value ?? "",
    mfaSerial: propertyOf(profile, "mfa_serial")?.value,
    from: `profile ${profile.name}, ${at}`,
    ...(externalId === undefined ? {} : { externalId }),
    // The AWS CLI passes over a duration that is no number; so do its users' files. A number that is none of seconds is
    // refused with the role.
    ...(duration !== undefined && /^[+-]?\d+$/.test(duration) ? { durationSeconds: Number(duration) } : {}),
  };
}
