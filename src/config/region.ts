import type { FailureKind } from "../lib/errors.ts";
import { misfit } from "../lib/printable.ts";
import { parseRegion } from "../lib/region.ts";
import type { Environment } from "../system/types.ts";
import type { ProfileChoice } from "./profile-choice.ts";
import type { Profile } from "./section.ts";
import { fromProfile, fromVariable, type Setting, unusable } from "./setting.ts";

export interface RegionChoice {
  readonly region: string;
  /** True when an old pseudo-region such as `fips-us-east-1` asked for FIPS endpoints. */
  readonly fips: boolean;
  /** For messages: the option, variable, or setting with file and line. */
  readonly source: string;
}

/**
 * `--region`, then `AWS_REGION`, then `AWS_DEFAULT_REGION`, then the profile's `region` (AWS CLI version 2), or
 * undefined. Empty values count as not set.
 *
 * A region becomes part of a host name, so anything but a DNS label is a Failure: a crafted one would send keys
 * elsewhere. The pseudo-regions `fips-REGION` and `REGION-fips` mean REGION with FIPS, as the AWS SDK for JavaScript
 * reads them.
 */
export function chooseRegion(
  option: string | undefined,
  env: Environment,
  profile: Profile | undefined,
): RegionChoice | undefined {
  if (option) return checkedRegion({ value: option, source: "--region" }, "usage");
  const setting =
    fromVariable(env, "AWS_REGION") ??
    fromVariable(env, "AWS_DEFAULT_REGION") ??
    fromProfile(profile, "region");
  return setting && checkedRegion(setting);
}

/**
 * The region for `AWS_REGION` of a shell that takes over credentials: that of `--region`, else the profile's. `AWS_REGION`
 * of the environment comes before the profile's, as for the SDKs, except before a profile that `--profile` names: there
 * it may be left over from the identity that the shell had. Undefined when the variable may stay as it is.
 */
export function shellRegion(
  option: string | undefined,
  env: Environment,
  profile: Profile | undefined,
  profileSource: ProfileChoice["source"],
): string | undefined {
  const ofShell = fromVariable(env, "AWS_REGION") ?? fromVariable(env, "AWS_DEFAULT_REGION");
  if (!option && ofShell !== undefined && profileSource !== "--profile") return undefined;
  return chooseRegion(option, {}, profile)?.region;
}

/** The same check for a region from elsewhere, such as `sso_region`. */
export function checkedRegion(setting: Setting, kind: FailureKind = "failed"): RegionChoice {
  const parsed = parseRegion(setting.value);
  if (parsed === undefined) {
    const why = `${misfit(setting.value)} is not a region, which has only letters, digits and hyphens`;
    throw unusable(setting.source, why, "name a region such as eu-west-1", kind);
  }
  const { name, fips } = parsed;
  return {
    region: fips && name === "aws-global" ? "us-east-1" : name,
    fips,
    // Of a profile it counts lines, for messages alone.
    get source() {
      return setting.source;
    },
  };
}

/** The value as it was written, once checked: a region by which FIPS endpoints are asked for stays one. */
export function regionAsWritten(setting: Setting): string {
  checkedRegion(setting);
  return setting.value;
}
