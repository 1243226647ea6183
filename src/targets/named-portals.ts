/** The portals that the options name, and those that this user's files name. */
import type { SharedConfig } from "../config/profiles.ts";
import { propertyOf } from "../config/section.ts";
import { Failure } from "../lib/errors.ts";
import { shellWord } from "../lib/quoting.ts";
import { ownPortals } from "../sso/logout.ts";
import type { PortalChoice } from "../sso/portal-choice.ts";
import { portalOfOptions } from "../sso/portal-of-options.ts";
import { namesPortal, portalOfProfile, sessionPortal } from "../sso/portal-of-profile.ts";
import type { TargetOptions } from "./candidate.ts";
import type { TargetRun } from "./target-run.ts";

/** A portal, and the options that name it. */
export interface NamedPortal {
  readonly choice: PortalChoice;
  readonly options: TargetOptions;
  /** The same options as a person types them after `login`. */
  readonly shown: string;
}

/**
 * The portal of the options; of the profile in use where they name an account or a role of it; undefined where they name
 * none. Throws a Failure for one that cannot be used.
 */
export function portalOfRequest({ request, config, profile }: TargetRun): NamedPortal | undefined {
  const { startUrl, ssoSession, ssoAccessToken, accesstokenCache } = request;
  const isPart = request.ssoAcctId !== undefined || request.ssoRoleName !== undefined;
  if (
    (startUrl ?? ssoSession ?? ssoAccessToken ?? accesstokenCache) !== undefined ||
    (isPart && request.useCache)
  ) {
    const choice = portalOfOptions(request, config);
    const shown =
      ssoSession === undefined
        ? startUrl && `--start-url ${shellWord(startUrl)}`
        : `--sso-session ${shellWord(ssoSession)}`;
    // The other options stay in the command line that does the same without asking.
    const options = choice?.kind === "own" ? { useCache: true as const } : {};
    return choice && { choice, options, shown: shown ?? "--start-url URL" };
  }
  if (!isPart || profile === undefined) return undefined;
  if (request.profile === undefined && !namesPortal(profile)) return undefined;
  return {
    choice: portalOfProfile(profile, config),
    options: {},
    shown: `--profile ${shellWord(profile.name)}`,
  };
}

/** Every portal that the files name, once for each way to name it. `warn` is told of those that cannot be used. */
export async function portalsOfFiles(
  run: TargetRun,
  warn: (why: Failure) => void,
): Promise<readonly NamedPortal[]> {
  const portals: NamedPortal[] = [];
  const add = (name: () => NamedPortal) => {
    try {
      portals.push(name());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      warn(error);
    }
  };
  const { config } = run;
  for (const name of config.ssoSessionNames()) {
    const shown = `--sso-session ${shellWord(name)}`;
    add(() => ({ choice: sessionPortal(name, config, shown, shown), options: { ssoSession: name }, shown }));
  }
  for (const name of legacyProfiles(config)) {
    add(() => {
      const profile = config.profile(name);
      if (profile === undefined) throw new Failure("failed", `cannot use profile ${name}: it does not exist`);
      return {
        choice: portalOfProfile(profile, config),
        options: { profile: name },
        shown: `--profile ${shellWord(name)}`,
      };
    });
  }
  try {
    for (const choice of await ownPortals(run.context, warn)) {
      const { startUrl } = choice;
      // A token of the Python tool that came without a start URL cannot be named.
      if (!startUrl) continue;
      portals.push({
        choice,
        options: { useCache: true, startUrl },
        shown: `--start-url ${shellWord(startUrl)}`,
      });
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    warn(error);
  }
  return portals;
}

/** The first profile of each start URL that a profile has by itself. A malformed profile is none. */
function legacyProfiles(config: SharedConfig): readonly string[] {
  const byStartUrl = new Map<string, string>();
  for (const name of config.profileNames()) {
    try {
      const profile = config.profile(name);
      if (profile === undefined || propertyOf(profile, "sso_session") !== undefined) continue;
      const startUrl = propertyOf(profile, "sso_start_url")?.value;
      if (startUrl !== undefined && !byStartUrl.has(startUrl)) byStartUrl.set(startUrl, name);
    } catch (error) {
      // The profile is a candidate by its name, and its use says what is wrong.
      if (!(error instanceof Failure)) throw error;
    }
  }
  return [...byStartUrl.values()];
}
