/** What the commands that deal with a portal and not with an identity begin with. */
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
import { type LoginOptions, openPortal, type PortalAccess, type PortalContext } from "../sso/portal.ts";
import { type PortalChoice, refuseOtherRegion } from "../sso/portal-choice.ts";
import { type PortalOptions, portalOfOptions, refuseOtherPortal } from "../sso/portal-of-options.ts";
import { portalOfProfile } from "../sso/portal-of-profile.ts";
import type { System } from "../system/types.ts";

export interface PortalRequest extends PortalOptions, LoginOptions {
  readonly profile?: string;
  readonly verbose: boolean;
}

export interface PortalRun {
  readonly http: HttpClient;
  /** The portal that the options, or the profile of `--profile`, name. */
  readonly choice: PortalChoice | undefined;
  readonly context: PortalContext;
  /** The same. Throws a Failure when no portal is named. */
  named(): PortalChoice;
  /** Asks nobody yet. Throws a Failure as `named` does. */
  open(): Promise<PortalAccess>;
}

/** Reads the settings; asks nobody. Throws a Failure. */
export async function portalRun(request: PortalRequest, system: System): Promise<PortalRun> {
  const { env } = system;
  const config = await loadSharedConfig(system);
  const profile = settingsProfile(request.profile, system, config);
  const trace = request.verbose ? (line: string) => system.stderr(`aws-login: ${line}`) : () => {};
  if (request.profile !== undefined && profile !== undefined) refuseOtherPortal(profile, request, config);
  const http = await openHttpClient(system, profile, trace);
  const choice =
    portalOfOptions(request, config) ??
    (request.profile === undefined || profile === undefined ? undefined : portalOfProfile(profile, config));
  refuseOtherRegion(choice, request.ssoRegion, `profile ${profile?.name}`);
  for (const idle of withoutEffectBesideToken(request)) system.stderr(withoutEffectWarning(idle));
  const context: PortalContext = {
    system,
    home: await homeDirectory(system),
    http,
    endpoint: (service, region) => serviceEndpoint(service, region, { env, profile, config, trace }),
    options: request,
  };
  const named = () => {
    if (choice === undefined) throw nowhere();
    return choice;
  };
  return { http, choice, context, named, open: async () => openPortal(named(), context) };
}

/**
 * The profile whose settings (proxies' certificates, endpoints, retries) are in force. One that only a variable names
 * need not exist: `dumpconfig --write` may be about to write it.
 */
function settingsProfile(
  option: string | undefined,
  system: System,
  config: SharedConfig,
): Profile | undefined {
  const choice = chooseProfile(option, system.env);
  return option === undefined ? config.profile(choice.name) : chosenProfile(choice, config);
}

function nowhere(): Failure {
  return new Failure("usage", "no Identity Center portal is named", {
    hints: [
      "name it with --start-url URL, --sso-session NAME or --profile NAME, or use --use-cache for the one used last",
      "or give a token, with --accesstoken-cache FILE or --sso-access-token TOKEN",
    ],
  });
}
