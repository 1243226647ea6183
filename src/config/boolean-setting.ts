import type { Environment } from "../system/types.ts";
import type { Profile } from "./section.ts";
import { firstSetting, unusable } from "./setting.ts";

/**
 * A switch that is `true` or `false` in any case; undefined when neither the variable nor the profile sets it. Any
 * other word is a Failure: the AWS CLI takes it for false, but then `AWS_USE_FIPS_ENDPOINT=1` would quietly mean
 * that FIPS is off.
 */
export function booleanSetting(
  env: Environment,
  variable: string,
  profile: Profile | undefined,
  key: string,
): boolean | undefined {
  const reading = firstSetting(env, variable, profile, key);
  if (reading === undefined) return undefined;
  const word = reading.value.toLowerCase();
  if (word === "true") return true;
  if (word === "false") return false;
  throw unusable(reading.source, "it is neither true nor false", "write true or false");
}
