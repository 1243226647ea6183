import { Failure } from "../lib/errors.ts";
import type { Environment } from "../system/types.ts";
import type { SharedConfig } from "./profiles.ts";
import { type Profile, propertySource } from "./section.ts";
import { booleanSetting, fromProfile, fromVariable, httpUrl, type Setting, unusable } from "./setting.ts";

/** A service as the config file names it; in capitals it ends the variable `AWS_ENDPOINT_URL_…`. */
export type EndpointService = "sts" | "sso" | "sso_oidc" | "signin";

export interface ConfiguredEndpoint {
  /** http or https, without trailing slashes, perhaps with a path. */
  readonly url: string;
  /** For messages: the variable, or the key with file and line. */
  readonly source: string;
}

/**
 * The endpoint that a person set for a service, or undefined. In this order (AWS SDKs and CLI): the service's own
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
  const reading =
    fromVariable(env, `AWS_ENDPOINT_URL_${service.toUpperCase()}`) ??
    fromVariable(env, "AWS_ENDPOINT_URL") ??
    fromServices(service, profile, shared) ??
    fromProfile(profile, "endpoint_url");
  return reading && { url: httpUrl(reading), source: reading.source };
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
  const settings = section.get(service);
  if (settings?.value) {
    throw unusable(
      propertySource(service, settings),
      "it has a value of its own",
      `write "${service} =" and below it, indented, "endpoint_url = …"`,
    );
  }
  const endpoint = settings?.nested?.get("endpoint_url");
  if (!endpoint?.value) return undefined;
  return { value: endpoint.value, source: propertySource("endpoint_url", endpoint) };
}
