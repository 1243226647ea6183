/** Where the two services of Identity Center are asked. */
import { type Endpoint, resolveEndpoint } from "../../aws/place/endpoints.ts";
import { endpointSwitches } from "../../config/endpoint-switches.ts";
import { configuredEndpointUrl } from "../../config/endpoint-url.ts";
import type { Profile, SharedConfig } from "../../config/profiles.ts";
import type { Environment } from "../../system.ts";

/**
 * The region is the portal's own, never the one that credentials are used in. Settings are those of the environment
 * and of the profile in use. Throws a Failure that names the setting at fault.
 */
export function portalEndpoint(
  service: "sso" | "sso_oidc",
  region: string,
  settings: {
    readonly env: Environment;
    readonly profile: Profile | undefined;
    readonly config: SharedConfig;
    readonly trace: (line: string) => void;
  },
): Endpoint {
  const { env, profile, config, trace } = settings;
  const { fips, dualStack } = endpointSwitches(env, profile);
  const custom = configuredEndpointUrl(service, env, profile, config);
  if (custom !== undefined) trace(`${service} endpoint: ${custom.url} (${custom.source})`);
  return resolveEndpoint(service, {
    region,
    fips,
    dualStack,
    legacyGlobal: false,
    ...(custom === undefined ? {} : { custom }),
  });
}
