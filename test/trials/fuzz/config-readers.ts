/** Everything that is made of a profile's settings before a request is sent. */
import { resolveEndpoint } from "../../../src/aws/endpoints/resolve-endpoint.ts";
import { configuredEndpointUrl, endpointSwitches } from "../../../src/config/endpoint-settings.ts";
import { caBundle, retrySettings } from "../../../src/config/http-settings.ts";
import { metadataSettings } from "../../../src/config/metadata-settings.ts";
import { chosenProfile } from "../../../src/config/profile-choice.ts";
import type { SharedConfig } from "../../../src/config/profiles.ts";
import { chooseRegion } from "../../../src/config/region.ts";
import { planSource } from "../../../src/credentials/default-chain.ts";
import type { Environment } from "../../../src/system/types.ts";
import { answerOf } from "./judge.ts";

const services = ["sts", "sso", "sso_oidc", "signin"] as const;

/** Whether the profile is there; throws a Failure when it cannot be read. */
export function profileIn(shared: SharedConfig, name: string): "there" | "absent" {
  return shared.profile(name) === undefined ? "absent" : "there";
}

/** Reads each kind of setting by itself, so that one which is refused does not hide the next. */
export function settingsOf(shared: SharedConfig, name: string, env: Environment = {}): void {
  const profile = answerOf(() => chosenProfile({ name, source: "--profile" }, shared));
  if (profile !== undefined && profile.name !== name)
    throw new Error(`another profile than ${name} is chosen`);
  const region = answerOf(() => chooseRegion(undefined, env, profile));
  answerOf(() => caBundle(env, profile, "/home/me"));
  answerOf(() => retrySettings(env, profile));
  answerOf(() => metadataSettings(env, profile));
  const switches = answerOf(() => endpointSwitches(env, profile));
  for (const service of services) {
    const custom = answerOf(() => configuredEndpointUrl(service, env, profile, shared));
    answerOf(() => {
      const endpoint = resolveEndpoint(service, {
        region: region?.region ?? "us-east-1",
        fips: switches?.fips ?? false,
        dualStack: switches?.dualStack ?? false,
        legacyGlobal: switches?.stsRegional === "legacy",
        ...(custom === undefined ? {} : { custom }),
      });
      // The URL parser writes host names small.
      if (new URL(endpoint.url).host !== endpoint.host.toLowerCase())
        throw new Error(`${endpoint.url} is not ${endpoint.host}`);
    });
  }
  for (const source of ["--profile", "AWS_PROFILE"] as const) {
    answerOf(() => planSource({ env, config: shared, choice: { name, source }, profile }));
  }
}
