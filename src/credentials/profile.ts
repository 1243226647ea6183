/** The credential source of one profile, through its source profiles, and the roles that are assumed from there. Pure. */
import { missingProfileHints } from "../config/profile-choice.ts";
import type { SharedConfig } from "../config/profiles.ts";
import { type Profile, type Property, propertyLocation, propertyOf } from "../config/section.ts";
import { Failure } from "../lib/errors.ts";
import { optional } from "../lib/optional.ts";
import type { CredentialSource } from "./credential-source.ts";
import { emptyProfile } from "./empty-profile.ts";
import { sourceKinds } from "./profile-settings.ts";
import { profileRole } from "./role-chain/profile-role.ts";
import type { NamedRole } from "./role-chain/steps.ts";
import { loginSource } from "./sources/login-session-plan.ts";
import { processSource } from "./sources/process.ts";
import { ssoSourceOfProfile } from "./sources/sso.ts";
import { profileKeys } from "./sources/static.ts";
import { webIdentitySource } from "./sources/web-identity.ts";

/** A source and the roles on top of it, in the order in which they are assumed. */
export interface SourcePlan {
  readonly source: CredentialSource;
  readonly roles: readonly NamedRole[];
  /** `mfa_serial` of the profile, where it holds the source itself and no role. */
  readonly mfaSerial?: string | undefined;
  /** `mfa_process` beside it. */
  readonly mfaProcess?: string | undefined;
  /** Lines for stderr. */
  readonly warnings?: readonly string[];
}

/** The sources that `credential_source` of a profile names. */
export interface NamedSources {
  /** Throws a Failure when the environment has no keys. */
  environment(from: string): CredentialSource;
  /** Throws a Failure when no container's variables are set. */
  container(from: string): CredentialSource;
  /** Throws a Failure when instance metadata is disabled. */
  instanceMetadata(from: string): CredentialSource;
}

/** The most profiles in one chain of source profiles: each costs a call. */
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
  if (isSource && keys !== undefined) return { source: keys, roles: [] };
  for (const kind of sourceKinds) {
    if (kind.trigger(profile) === undefined) continue;
    if (kind.name === "role") return planRole(profile, config, sources, [...visited, profile.name]);
    const source = kind.name === "keys" ? keys : sourceOfKind(kind.name, profile, config);
    if (source === undefined) return undefined;
    const mfaProcess = propertyOf(profile, "mfa_process")?.value;
    return {
      source,
      roles: [],
      mfaSerial: propertyOf(profile, "mfa_serial")?.value,
      ...optional("mfaProcess", mfaProcess),
    };
  }
  return undefined;
}

function sourceOfKind(
  kind: "web-identity" | "sso" | "login" | "process",
  profile: Profile,
  config: SharedConfig,
): CredentialSource | undefined {
  switch (kind) {
    case "web-identity":
      return webIdentitySource({}, profile);
    case "login":
      return loginSource(profile);
    case "process":
      return processSource(profile);
    case "sso":
      return ssoSourceOfProfile(profile, config);
  }
}

function planRole(
  profile: Profile,
  config: SharedConfig,
  sources: NamedSources,
  path: readonly string[],
): SourcePlan {
  const doing = `cannot use the role of profile ${profile.name}`;
  const { step, at, warnings } = profileRole(profile, doing);
  const source = propertyOf(profile, "source_profile");
  const named = propertyOf(profile, "credential_source");
  if (source !== undefined && named !== undefined) {
    throw new Failure("failed", `${doing} (${at}): it has both source_profile and credential_source`, {
      hints: ["keep the one whose credentials may assume the role, and remove the other"],
    });
  }
  if (source !== undefined) {
    const base = planSourceProfile(profile, source, config, sources, path);
    return {
      source: base.source,
      roles: [...base.roles, step],
      warnings: [...(base.warnings ?? []), ...warnings],
    };
  }
  if (named !== undefined) {
    const from = `credential_source of profile ${profile.name}`;
    return {
      source: namedSource(named.value, `${doing} (${propertyLocation(named)})`, from, sources),
      roles: [step],
      warnings,
    };
  }
  throw new Failure("failed", `${doing} (${at}): it has neither source_profile nor credential_source`, {
    hints: ["add source_profile = NAME, the profile whose credentials may assume the role"],
  });
}

function planSourceProfile(
  profile: Profile,
  setting: Property,
  config: SharedConfig,
  sources: NamedSources,
  path: readonly string[],
): SourcePlan {
  const name = setting.value;
  const refuse = (why: string, hints: readonly string[]) =>
    new Failure(
      "failed",
      `cannot use the role of profile ${profile.name} (${propertyLocation(setting)}): ${why}`,
      {
        hints,
      },
    );
  if (name === profile.name) {
    const own = profileKeys(profile);
    if (own !== undefined) return { source: own, roles: [] };
    throw refuse("source_profile is the profile itself, and it has no keys of its own", [
      "name the profile whose credentials may assume the role, or add aws_access_key_id and aws_secret_access_key",
    ]);
  }
  const ownCredentials = ["give one of them credentials of its own in place of source_profile"];
  if (path.includes(name)) {
    throw refuse(`the source profiles form a circle: ${[...path, name].join(" -> ")}`, ownCredentials);
  }
  const source = config.profile(name);
  if (source === undefined) {
    throw refuse(`there is no source profile ${name}`, missingProfileHints(name, config));
  }
  if (path.length > longestPath) {
    throw refuse(`more than ${longestPath} profiles lead to it by source_profile`, ownCredentials);
  }
  const plan = planProfile(source, config, sources, path);
  if (plan !== undefined) return plan;
  const { why, hints } = emptyProfile(name, source);
  throw refuse(`its source profile ${name} ${why}`, hints);
}

function namedSource(name: string, doing: string, from: string, sources: NamedSources): CredentialSource {
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
