/** What a run that looks for identities reads first. */
import { loadSharedConfig } from "../config/load.ts";
import { homeDirectory, ownFolderPath } from "../config/paths.ts";
import { chooseProfile } from "../config/profile-choice.ts";
import type { SharedConfig } from "../config/profiles.ts";
import type { Profile } from "../config/section.ts";
import { serviceEndpoint } from "../settings/endpoints.ts";
import { openHttpClient } from "../settings/http-client.ts";
import type { LoginOptions, PortalContext } from "../sso/portal.ts";
import type { PortalOptions } from "../sso/portal-of-options.ts";
import type { System } from "../system/types.ts";

export interface TargetRequest extends PortalOptions, LoginOptions {
  /** Beside one of the next two: the profile whose portal is meant. */
  readonly profile?: string;
  /** Twelve digits. */
  readonly ssoAcctId?: string;
  readonly ssoRoleName?: string;
  readonly verbose: boolean;
}

export interface TargetRun {
  readonly request: TargetRequest;
  readonly config: SharedConfig;
  /** The profile in use; undefined when there is none. */
  readonly profile: Profile | undefined;
  readonly context: PortalContext;
  /** The program's own folder; undefined when there can be none. */
  readonly folder: string | undefined;
  readonly trace: (line: string) => void;
}

/**
 * Reads the config files, and sends nothing. A portal of `--start-url` is one of the own cache here, as for `login`: the
 * next run needs no sign-in. Throws a Failure.
 */
export async function openTargetRun(options: TargetRequest, system: System): Promise<TargetRun> {
  const { env } = system;
  const { startUrl, ssoAccessToken, accesstokenCache } = options;
  const keeps = startUrl !== undefined && (ssoAccessToken ?? accesstokenCache) === undefined;
  const request = keeps ? { ...options, useCache: true } : options;
  const config = await loadSharedConfig(system);
  const profile = config.profile(chooseProfile(request.profile, env).name);
  const trace = request.verbose ? (line: string) => system.stderr(`aws-login: ${line}`) : () => {};
  const home = await homeDirectory(system);
  const context: PortalContext = {
    system,
    home,
    http: await openHttpClient(system, profile, trace),
    endpoint: (service, region) => serviceEndpoint(service, region, { env, profile, config, trace }),
    options: request,
  };
  return { request, config, profile, context, folder: ownFolderPath(env, home), trace };
}
