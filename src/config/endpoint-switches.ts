import type { Environment } from "../system/types.ts";
import type { Profile } from "./section.ts";
import { booleanSetting, firstSetting, unusable } from "./setting.ts";

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
  const reading = firstSetting(env, "AWS_STS_REGIONAL_ENDPOINTS", profile, "sts_regional_endpoints");
  if (reading === undefined) return "regional";
  const mode = reading.value.toLowerCase();
  if (mode === "regional" || mode === "legacy") return mode;
  throw unusable(reading.source, "it is neither regional nor legacy", "write regional, or leave it out");
}
