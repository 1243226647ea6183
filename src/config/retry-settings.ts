import type { Environment } from "../system/types.ts";
import type { Profile } from "./section.ts";
import { firstSetting, unusable, wholeNumber } from "./setting.ts";

export interface RetrySettings {
  /** All attempts of one call, the first included; undefined when nobody said. */
  readonly maxAttempts: number | undefined;
  readonly mode: "legacy" | "standard" | "adaptive" | undefined;
}

/** `AWS_MAX_ATTEMPTS` and `AWS_RETRY_MODE`, else the profile's `max_attempts` and `retry_mode`. */
export function retrySettings(env: Environment, profile: Profile | undefined): RetrySettings {
  const attempts = firstSetting(env, "AWS_MAX_ATTEMPTS", profile, "max_attempts");
  return { maxAttempts: attempts && wholeNumber(attempts), mode: retryMode(env, profile) };
}

function retryMode(env: Environment, profile: Profile | undefined): RetrySettings["mode"] {
  const reading = firstSetting(env, "AWS_RETRY_MODE", profile, "retry_mode");
  if (reading === undefined) return undefined;
  const mode = reading.value.toLowerCase();
  if (mode === "legacy" || mode === "standard" || mode === "adaptive") return mode;
  throw unusable(reading.source, "it is none of standard, adaptive and legacy", "write standard");
}
