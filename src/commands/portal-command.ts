/** What the commands that work with a portal instead of an identity begin with. */
import type { HttpClient } from "../aws/http/http-client.ts";
import { loadSharedConfig } from "../config/load.ts";
import { homeDirectory } from "../config/paths.ts";
import { chooseProfile, chosenProfile } from "../config/profile-choice.ts";
import type { SharedConfig } from "../config/profiles.ts";
import type { Profile } from "../config/section.ts";
import { withoutEffectBesideToken, withoutEffectWarning } from "../credentials/options-without-effect.ts";
import { Failure } from "../lib/errors.ts";
import { serviceEndpoint } from "../settings/endpoints.ts";
import { openHttpClient } from "../settings/http-client.ts";
import { obviousPortal, portalOfNamedProfile } from "../sso/obvious-portal.ts";
import { type LoginOptions, openPortal, type PortalAccess, type PortalContext } from "../sso/portal.ts";
import { type PortalChoice, refuseOtherRegion } from "../sso/portal-choice.ts";
import { type PortalOptions, portalOfOptions, refuseOtherPortal } from "../sso/portal-of-options.ts";
import type { System } from "../system/types.ts";

export interface PortalRequest extends PortalOptions, LoginOptions {
  readonly profile?: string;
  readonly verbose: boolean;
}

export interface PortalRun {
  readonly http: HttpClient;
  readonly context: PortalContext;
  /**
   * The portal that the options, or the profile of `--profile`, name; else the one that the config files make obvious.
   * Throws a usage Failure where there is none, or more than one.
   */
  portal(): PortalChoice;
  /** Opens it, and sends nothing yet. Throws a Failure. */
  open(): Promise<PortalAccess>;
}

/** Reads the settings, and sends nothing. Throws a Failure. */
export async function portalRun(request: PortalRequest, system: System): Promise<PortalRun> {
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
  const portal = () => {
    const found = choice ?? obviousPortal(chooseProfile(request.profile, env).name, config, system.platform);
    if (found === undefined) throw noPortal();
    refuseOtherRegion(found, request.ssoRegion, found.kind === "cli" ? found.startUrl : "the portal");
    return found;
  };
  return { http, context, portal, open: async () => openPortal(portal(), context) };
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
