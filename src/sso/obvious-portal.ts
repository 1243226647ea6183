/** The portal that the config files make obvious where no option names one, or those to choose from. Pure. */
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

/** A portal of the config files as a person knows and names it. */
export interface PortalEntry {
  readonly option: "--sso-session" | "--profile";
  /** What the option is given. */
  readonly name: string;
  /** As configured; undefined where a session lacks it. */
  readonly startUrl: string | undefined;
}

export type ObviousPortal =
  | { readonly kind: "one"; readonly portal: PortalChoice }
  | { readonly kind: "several"; readonly entries: readonly PortalEntry[] }
  | { readonly kind: "none" };

/**
 * The portal of the profile in force (from a variable, or `default`) or of a profile that it takes credentials from;
 * else the only `[sso-session]`; else, without sessions, the only portal of the other profiles. Throws a Failure for a
 * portal that is malformed.
 */
export function obviousPortal(
  profileName: string,
  config: SharedConfig,
  platform: NodeJS.Platform,
): ObviousPortal {
  for (const profile of withSources(profileName, config)) {
    if (namesPortal(profile)) return { kind: "one", portal: portalOfProfile(profile, config) };
    const ofCommandLine = portalOfOwnCommandLine(profile, config, platform);
    if (ofCommandLine !== undefined) return { kind: "one", portal: ofCommandLine };
  }
  const sessions = sessionEntries(config);
  const entries = sessions.length > 0 ? sessions : profileEntries(config);
  const [entry, ...others] = entries;
  if (entry === undefined) return { kind: "none" };
  if (others.length > 0) return { kind: "several", entries };
  return { kind: "one", portal: portalOfEntry(entry, config, `the only sso-session ${entry.name}`) };
}

/** `named` says what asked for a session, in a message. Throws a Failure for a portal that is malformed. */
export function portalOfEntry(
  { option, name }: PortalEntry,
  config: SharedConfig,
  named: string,
): PortalChoice {
  if (option === "--sso-session") return sessionPortal(name, config, named, `${option} ${shellWord(name)}`);
  const profile = config.profile(name);
  if (profile === undefined) throw new Failure("failed", `cannot use profile ${name}: it does not exist`);
  return portalOfProfile(profile, config);
}

/** The usage Failure where several portals are configured and none can be chosen. */
export function severalPortals(entries: readonly PortalEntry[]): Failure {
  const names = entries.map(({ name }) => name);
  const [first] = entries;
  const example = first === undefined ? "--sso-session NAME" : `${first.option} ${shellWord(first.name)}`;
  return new Failure("usage", `the config file has several Identity Center portals: ${nameList(names)}`, {
    hints: [`name one of them, for example ${example}`],
  });
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

function sessionEntries(config: SharedConfig): readonly PortalEntry[] {
  return config.ssoSessionNames().map((name) => {
    const session = config.ssoSession(name);
    const startUrl = session && propertyOf(session, "sso_start_url")?.value;
    return { option: "--sso-session", name, startUrl };
  });
}

/** Profiles of one start URL share one sign-in. */
function profileEntries(config: SharedConfig): readonly PortalEntry[] {
  const byStartUrl = new Map<string, PortalEntry>();
  for (const name of config.profileNames()) {
    const profile = config.profile(name);
    const startUrl = profile && propertyOf(profile, "sso_start_url")?.value;
    if (startUrl === undefined || byStartUrl.has(startUrl)) continue;
    byStartUrl.set(startUrl, { option: "--profile", name, startUrl });
  }
  return [...byStartUrl.values()];
}
