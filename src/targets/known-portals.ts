/** The portals whose accounts and roles are candidates: those that options name, else all that this user's files name. */
import type { SharedConfig } from "../config/profiles.ts";
import { propertyOf } from "../config/section.ts";
import { Failure } from "../lib/errors.ts";
import { portalKey } from "../lib/portal-key.ts";
import { shellWord } from "../lib/quoting.ts";
import { ownPortals } from "../sso/logout.ts";
import { openTokenLocation } from "../sso/open-token-location.ts";
import { promptOf } from "../sso/portal.ts";
import type { PortalChoice } from "../sso/portal-choice.ts";
import { portalOfOptions } from "../sso/portal-of-options.ts";
import { namesPortal, portalOfProfile, sessionPortal } from "../sso/portal-of-profile.ts";
import { canRefresh, tokenState } from "../sso/token-lifetime.ts";
import type { TargetOptions } from "./candidate.ts";
import type { TargetRun } from "./target-run.ts";

/** A portal, and the options that name it. */
export interface NamedPortal {
  readonly choice: PortalChoice;
  readonly options: TargetOptions;
  /** The same options as a person types them after `login`. */
  readonly shown: string;
}

export interface KnownPortal extends NamedPortal {
  readonly startUrl: string | undefined;
  readonly ssoSession: string | undefined;
  /** Whether a stored or given token serves, refreshed if need be. */
  readonly signIn: "usable" | "needed";
  /** What its listing is cached under; undefined for a token that an option gives. */
  readonly listingName: string | undefined;
}

/**
 * The one portal that the options name. Else every portal of the own cache, of an `[sso-session]` and of a legacy
 * profile, each once: of two ways to one portal the one that has a sign-in. Sends nothing. Throws a Failure for a portal
 * of the options; one of a file that cannot be used is left out with a warning.
 */
export async function knownPortals(run: TargetRun): Promise<readonly KnownPortal[]> {
  const named = namedPortal(run);
  if (named !== undefined) return [await lookAt(named, run)];
  const found = new Map<string, KnownPortal>();
  const warn = (why: Failure) => run.context.system.stderr(`aws-login: warning: ${why.message}`);
  for (const portal of await allPortals(run, warn)) {
    try {
      const known = await lookAt(portal, run);
      const key = portalKey(known.startUrl ?? "");
      const before = found.get(key);
      if (before === undefined || (before.signIn === "needed" && known.signIn === "usable"))
        found.set(key, known);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      warn(error);
    }
  }
  return [...found.values()];
}

/** The portal of the options; of the profile in use where they name an account or a role of it. */
function namedPortal({ request, config, profile }: TargetRun): NamedPortal | undefined {
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

/** Every portal of the files, one that several name more than once. `warn` is told of those that cannot be used. */
export async function allPortals(
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

async function lookAt(portal: NamedPortal, { context, request }: TargetRun): Promise<KnownPortal> {
  const { choice } = portal;
  // Reading the token now would consume stdin, from which it may come.
  if (choice.kind === "token" || choice.kind === "file")
    return {
      ...portal,
      startUrl: choice.startUrl,
      ssoSession: undefined,
      signIn: "usable",
      listingName: undefined,
    };
  const { system, home, options } = context;
  const { store, startUrl } = await openTokenLocation(choice, {
    system,
    home,
    nrt: options.nrt,
    prompt: promptOf(options),
  });
  const token = await store.readToken();
  const now = system.now();
  const serves =
    token !== undefined &&
    (tokenState(token, now) !== "expired" || (request.refresh !== "off" && canRefresh(token, now)));
  return {
    ...portal,
    startUrl,
    ssoSession: choice.kind === "cli" ? choice.sessionName : undefined,
    signIn: serves ? "usable" : "needed",
    listingName: store.sharedName ?? startUrl,
  };
}
