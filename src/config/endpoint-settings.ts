/** The settings that choose the endpoints of services: variants of AWS's own, and URLs in their place. */
import { Failure } from "../lib/errors.ts";
import type { Environment } from "../system/types.ts";
import type { SharedConfig } from "./profiles.ts";
import { type Profile, propertySource } from "./section.ts";
import {
  booleanSetting,
  firstSetting,
  fromProfile,
  fromVariable,
  httpUrl,
  type Setting,
  unusable,
} from "./setting.ts";

export interface EndpointSwitches {
  /** Without what a pseudo-region may ask for: see `chooseRegion()`. */
  readonly fips: boolean;
  readonly dualStack: boolean;
  /** `legacy` sends STS calls for the oldest regions to the one global host. */
  readonly stsRegional: "regional" | "legacy";
}

/** The variants of service endpoints that the environment, else the profile, asks for. */
export function endpointSwitches(env: Environment, profile: Profile | undefined): EndpointSwitches {
  return {
    fips: booleanSetting(env, "AWS_USE_FIPS_ENDPOINT", profile, "use_fips_endpoint") ?? false,
    dualStack: booleanSetting(env, "AWS_USE_DUALSTACK_ENDPOINT", profile, "use_dualstack_endpoint") ?? false,
    stsRegional: stsRegional(env, profile),
  };
}

function stsRegional(env: Environment, profile: Profile | undefined): "regional" | "legacy" {
  const setting = firstSetting(env, "AWS_STS_REGIONAL_ENDPOINTS", profile, "sts_regional_endpoints");
  if (setting === undefined) return "regional";
  const mode = setting.value.toLowerCase();
  if (mode === "regional" || mode === "legacy") return mode;
  throw unusable(setting.source, "it is neither regional nor legacy", "write regional, or leave it out");
}

/** A service as the config file names it; in capitals it ends the variable `AWS_ENDPOINT_URL_…`. */
export type EndpointService = "sts" | "sso" | "sso_oidc" | "signin" | "rolesanywhere";

export interface ConfiguredEndpoint {
  /** http or https, without trailing slashes, perhaps with a path. */
  readonly url: string;
  /** For messages: the variable, or the key with file and line. */
  readonly source: string;
}

/**
 * The endpoint that a setting gives a service, or undefined. In this order (AWS SDKs and CLI): the service's own
 * variable, `AWS_ENDPOINT_URL`, the service in the section that the profile's `services` names, the profile's
 * `endpoint_url`. `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` or the profile's `ignore_configured_endpoint_urls` turns all
 * of them off. A `services` section that is missing and a URL that cannot be used are Failures.
 */
export function configuredEndpointUrl(
  service: EndpointService,
  env: Environment,
  profile: Profile | undefined,
  shared: Pick<SharedConfig, "services" | "paths">,
): ConfiguredEndpoint | undefined {
  const ignore = booleanSetting(
    env,
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    profile,
    "ignore_configured_endpoint_urls",
  );
  if (ignore) return undefined;
  const setting =
    fromVariable(env, `AWS_ENDPOINT_URL_${service.toUpperCase()}`) ??
    fromVariable(env, "AWS_ENDPOINT_URL") ??
    fromServices(service, profile, shared) ??
    fromProfile(profile, "endpoint_url");
  return setting && { url: httpUrl(setting), source: setting.source };
}

function fromServices(
  service: EndpointService,
  profile: Profile | undefined,
  shared: Pick<SharedConfig, "services" | "paths">,
): Setting | undefined {
  const named = fromProfile(profile, "services");
  if (named === undefined) return undefined;
  const section = shared.services(named.value);
  if (section === undefined) {
    throw new Failure(
      "failed",
      `cannot use ${named.source}: there is no section [services ${named.value}] in ${shared.paths.config}`,
      { hints: [`add the section [services ${named.value}], or remove the setting`] },
    );
  }
  const property = section.get(service);
  if (property?.value) {
    throw unusable(
      propertySource(service, property),
      "it has a value of its own",
      `write "${service} =" and below it, indented, "endpoint_url = …"`,
    );
  }
  const endpoint = property?.nested?.get("endpoint_url");
  if (!endpoint?.value) return undefined;
  return { value: endpoint.value, source: propertySource("endpoint_url", endpoint) };
}
