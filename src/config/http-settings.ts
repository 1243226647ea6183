/** The settings of every HTTP request: certificates and retries. */
import type { Environment } from "../system/types.ts";
import { expandPath } from "./paths.ts";
import { type Profile, propertySource } from "./section.ts";
import { firstSetting, type Setting, unusable, wholeNumber } from "./setting.ts";

export interface CaBundle {
  /** A PEM file whose certificates replace the default roots. */
  readonly path: string;
  /** For messages: the variable, or the key with file and line. */
  readonly source: string;
}

/**
 * `AWS_CA_BUNDLE`, else the profile's `ca_bundle`. One that is set but empty is a Failure, as for the AWS CLI: the user
 * wants other roots than the default ones, and does not say which. A `~` is expanded against `home`.
 */
export function caBundle(
  env: Environment,
  profile: Profile | undefined,
  home: string | undefined,
): CaBundle | undefined {
  const setting = caBundleVariable(env) ?? caBundleProperty(profile);
  if (setting === undefined) return undefined;
  const { value, source } = setting;
  if (value === "") throw unusable(source, "it is set but empty", "name a PEM file, or remove the setting");
  return { path: expandPath(value, env, home), source };
}

function caBundleVariable(env: Environment): Setting | undefined {
  const value = env.AWS_CA_BUNDLE;
  return value === undefined ? undefined : { value, source: "AWS_CA_BUNDLE" };
}

function caBundleProperty(profile: Profile | undefined): Setting | undefined {
  const property = profile?.get("ca_bundle");
  return property && { value: property.value, source: propertySource("ca_bundle", property) };
}

export interface RetrySettings {
  /** All attempts of one call, the first included; undefined when it is not set. */
  readonly maxAttempts: number | undefined;
  readonly mode: "legacy" | "standard" | "adaptive" | undefined;
}

/** `AWS_MAX_ATTEMPTS` and `AWS_RETRY_MODE`, else the profile's `max_attempts` and `retry_mode`. */
export function retrySettings(env: Environment, profile: Profile | undefined): RetrySettings {
  const attempts = firstSetting(env, "AWS_MAX_ATTEMPTS", profile, "max_attempts");
  return { maxAttempts: attempts && wholeNumber(attempts), mode: retryMode(env, profile) };
}

function retryMode(env: Environment, profile: Profile | undefined): RetrySettings["mode"] {
  const setting = firstSetting(env, "AWS_RETRY_MODE", profile, "retry_mode");
  if (setting === undefined) return undefined;
  const mode = setting.value.toLowerCase();
  if (mode === "legacy" || mode === "standard" || mode === "adaptive") return mode;
  throw unusable(setting.source, "it is not standard, adaptive or legacy", "write standard");
}
