/** What the commands that work with a portal instead of an identity begin with. */
import type { HttpClient } from "../aws/http/http-client.ts";
import { loadSharedConfig } from "../config/load.ts";
import { homeDirectory } from "../config/paths.ts";
import { chooseProfile, chosenProfile } from "../config/profile-choice.ts";
import type { SharedConfig } from "../config/profiles.ts";
import type { Profile } from "../config/section.ts";
import { withoutEffectBesideToken, withoutEffectWarning } from "../credentials/options-without-effect.ts";
import { Failure } from "../lib/errors.ts";
import { shellWord } from "../lib/quoting.ts";
import { serviceEndpoint } from "../settings/endpoints.ts";
import { openHttpClient } from "../settings/http-client.ts";
import { obviousPortal, portalOfEntry, portalOfNamedProfile, severalPortals } from "../sso/obvious-portal.ts";
import { type LoginOptions, openPortal, type PortalAccess, type PortalContext } from "../sso/portal.ts";
import { type PortalChoice, refuseOtherRegion } from "../sso/portal-choice.ts";
import { type PortalOptions, portalOfOptions, refuseOtherPortal } from "../sso/portal-of-options.ts";
import type { System } from "../system/types.ts";
import type { SameCommand } from "../targets/choose-portal.ts";

export interface PortalRequest extends PortalOptions, LoginOptions {
  readonly profile?: string;
  readonly verbose: boolean;
}

export interface PortalRun {
  readonly http: HttpClient;
  readonly context: PortalContext;
  /**
   * The portal that the options, or the profile of `--profile`, name; else the one that the config files make obvious; of
   * several the one that the person chooses, who is asked once. Throws a usage Failure where there is none, and where
   * there are several and no terminal.
   */
  portal(): Promise<PortalChoice>;
  /** Opens it, and sends nothing yet. Throws a Failure. */
  open(): Promise<PortalAccess>;
}

/**
 * Reads the settings, and sends nothing. `sameCommand` is for the person who chooses among several portals; without it they
 * are an error. Throws a Failure.
 */
export async function portalRun(
  request: PortalRequest,
  system: System,
  sameCommand?: SameCommand,
): Promise<PortalRun> {
  const { env } = system;
  const config = await loadSharedConfig(system);
  const profile = settingsProfile(request.profile, system, config);
  const trace = request.verbose ? (line: string) => system.stderr(`aws-login: ${line}`) : () => {};
  if (request.profile !== undefined && profile !== undefined) refuseOtherPortal(profile, request, config);
  const http = await openHttpClient(system, profile, trace);
  const choice = namedPortal(request, profile, config, system.platform);
  for (const name of withoutEffectBesideToken(request)) system.stderr(withoutEffectWarning(name));
  const context: PortalContext = {
    system,
    home: await homeDirectory(system),
    http,
    endpoint: (service, region) => serviceEndpoint(service, region, { env, profile, config, trace }),
    options: request,
  };
  const findPortal = async () => {
    const found = choice ?? (await configuredPortal(request, config, system, sameCommand));
    refuseOtherRegion(found, request.ssoRegion, found.kind === "cli" ? found.startUrl : "the portal");
    return found;
  };
  let found: Promise<PortalChoice> | undefined;
  const portal = () => {
    found ??= findPortal();
    return found;
  };
  return { http, context, portal, open: async () => openPortal(await portal(), context) };
}

/** The one that the config files make obvious, or that the person chooses. */
async function configuredPortal(
  request: PortalRequest,
  config: SharedConfig,
  system: System,
  sameCommand: SameCommand | undefined,
): Promise<PortalChoice> {
  const found = obviousPortal(chooseProfile(request.profile, system.env).name, config, system.platform);
  switch (found.kind) {
    case "one":
      return found.portal;
    case "none":
      throw noPortal();
    case "several": {
      if (sameCommand === undefined) throw severalPortals(found.entries);
      const { choosePortal } = await import("../targets/choose-portal.ts");
      const entry = await choosePortal(found.entries, sameCommand, system);
      return portalOfEntry(entry, config, `${entry.option} ${shellWord(entry.name)}`);
    }
  }
}

function namedPortal(
  request: PortalRequest,
  profile: Profile | undefined,
  config: SharedConfig,
  platform: NodeJS.Platform,
): PortalChoice | undefined {
  const ofOptions = portalOfOptions(request, config);
  if (ofOptions !== undefined || request.profile === undefined || profile === undefined) return ofOptions;
  const ofProfile = portalOfNamedProfile(profile, config, platform);
  refuseOtherRegion(ofProfile, request.ssoRegion, `profile ${profile.name}`);
  return ofProfile;
}

/**
 * The profile whose settings (CA bundle, endpoints, retries) apply. A profile that only a variable names need not exist:
 * `dumpconfig --write` may be about to write it.
 */
function settingsProfile(
  option: string | undefined,
  system: System,
  config: SharedConfig,
): Profile | undefined {
  const choice = chooseProfile(option, system.env);
  return option === undefined ? config.profile(choice.name) : chosenProfile(choice, config);
}

function noPortal(): Failure {
  return new Failure("usage", "no Identity Center portal is named, and the config file has none", {
    hints: [
      "name it with --start-url URL, --sso-session NAME or --profile NAME, or use --use-cache for the one used last",
      "or give a token, with --accesstoken-cache FILE or --sso-access-token TOKEN",
    ],
  });
}
