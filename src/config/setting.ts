/** A setting: a value that an option, a variable or a profile gives, and where it was found. */
import { Failure, type FailureKind } from "../lib/errors.ts";
import type { Environment } from "../system/types.ts";
import { propertySource, type Section } from "./section.ts";

export interface Setting {
  readonly value: string;
  /** For messages: the variable or option by name, or the key with its file and line. */
  readonly source: string;
}

/** The variable if it is set, else the profile's key. Either one left empty counts as not set. */
export function firstSetting(
  env: Environment,
  variable: string,
  profile: Section | undefined,
  key: string,
): Setting | undefined {
  return fromVariable(env, variable) ?? fromProfile(profile, key);
}

export function fromVariable(env: Environment, variable: string): Setting | undefined {
  const value = env[variable];
  return value ? { value, source: variable } : undefined;
}

export function fromProfile(profile: Section | undefined, key: string): Setting | undefined {
  const property = profile?.get(key);
  return property?.value ? { value: property.value, source: propertySource(key, property) } : undefined;
}

/** The Failure for a value that cannot be used. It does not show the value: `why` does where that is safe. */
export function unusable(source: string, why: string, hint: string, kind: FailureKind = "failed"): Failure {
  return new Failure(kind, `cannot use ${source}: ${why}`, { hints: [hint] });
}
