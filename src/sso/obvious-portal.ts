/** The portal that the config files make obvious where no option names one. Pure. */
import type { SharedConfig } from "../config/profiles.ts";
import { type Profile, propertyOf } from "../config/section.ts";
import { Failure } from "../lib/errors.ts";
import { shellWord } from "../lib/quoting.ts";
import { nameList } from "../lib/suggest.ts";
import { portalOfOwnCommandLine } from "./own-command-line.ts";
import type { PortalChoice } from "./portal-choice.ts";
import { namesPortal, portalOfProfile, sessionPortal } from "./portal-of-profile.ts";

/**
 * The portal of a profile: of its own settings, or of its `credential_process` where that runs this program. Throws a
 * Failure for a profile that names none.
 */
export function portalOfNamedProfile(
  profile: Profile,
  config: SharedConfig,
  platform: NodeJS.Platform,
): PortalChoice {
  const ofCommandLine = namesPortal(profile) ? undefined : portalOfOwnCommandLine(profile, config, platform);
  return ofCommandLine ?? portalOfProfile(profile, config);
}

/**
 * The portal of the profile in force (from a variable, or `default`) or of a profile that it takes credentials from;
 * else the only `[sso-session]`; else, without sessions, the only portal of the other profiles. Undefined where the
 * config files name none. Throws a usage Failure that names the candidates where there are several.
 */
export function obviousPortal(
  profileName: string,
  config: SharedConfig,
  platform: NodeJS.Platform,
): PortalChoice | undefined {
  for (const profile of withSources(profileName, config)) {
    if (namesPortal(profile)) return portalOfProfile(profile, config);
    const ofCommandLine = portalOfOwnCommandLine(profile, config, platform);
    if (ofCommandLine !== undefined) return ofCommandLine;
  }
  const sessions = config.ssoSessionNames();
  const [session] = sessions;
  if (session === undefined) return onlyProfilePortal(config);
  if (sessions.length > 1) throw several("--sso-session", sessions);
  const option = `--sso-session ${shellWord(session)}`;
  return sessionPortal(session, config, `the only sso-session ${session}`, option);
}

/** The profile and those that its `source_profile` leads to. */
function withSources(name: string, config: SharedConfig): readonly Profile[] {
  const found: Profile[] = [];
  let next = config.profile(name);
  while (next !== undefined && !found.includes(next)) {
    found.push(next);
    const source = propertyOf(next, "source_profile")?.value;
    next = source === undefined ? undefined : config.profile(source);
  }
  return found;
}

/** Profiles of one start URL share one sign-in. */
function onlyProfilePortal(config: SharedConfig): PortalChoice | undefined {
  const byStartUrl = new Map<string, Profile>();
  for (const name of config.profileNames()) {
    const profile = config.profile(name);
    const startUrl = profile && propertyOf(profile, "sso_start_url")?.value;
    if (profile === undefined || startUrl === undefined || byStartUrl.has(startUrl)) continue;
    byStartUrl.set(startUrl, profile);
  }
  const profiles = [...byStartUrl.values()];
  if (profiles.length > 1)
    throw several(
      "--profile",
      profiles.map(({ name }) => name),
    );
  return profiles[0] && portalOfProfile(profiles[0], config);
}

function several(option: string, names: readonly string[]): Failure {
  return new Failure("usage", `the config file has several Identity Center portals: ${nameList(names)}`, {
    hints: [`name one of them, for example ${option} ${shellWord(names[0] ?? "")}`],
  });
}
