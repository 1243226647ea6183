/** One value and where it was found, for settings that a variable or a profile may give. */
import { Failure, type FailureKind } from "../lib/errors.ts";
import type { Environment } from "../system/types.ts";
import type { Section, Setting } from "./profiles.ts";

export interface SettingValue {
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
): SettingValue | undefined {
  return fromVariable(env, variable) ?? fromProfile(profile, key);
}

export function fromVariable(env: Environment, variable: string): SettingValue | undefined {
  const value = env[variable];
  return value ? { value, source: variable } : undefined;
}

export function fromProfile(profile: Section | undefined, key: string): SettingValue | undefined {
  const setting = profile?.get(key);
  return setting?.value ? { value: setting.value, source: settingSource(key, setting) } : undefined;
}

/** A setting that has a value; an empty one counts as absent. */
export function settingOf(section: Section, key: string): Setting | undefined {
  const setting = section.get(key);
  return setting === undefined || setting.value === "" ? undefined : setting;
}

/** "file:line", for messages. */
export function place(setting: Setting): string {
  return `${setting.file}:${setting.line}`;
}

/** How a message names a setting: `region (/home/me/.aws/config:12)`. */
export function settingSource(key: string, setting: Setting): string {
  return `${key} (${place(setting)})`;
}

/** The Failure for a value that cannot be used. It does not show the value: `why` does where that is safe. */
export function unusable(source: string, why: string, hint: string, kind: FailureKind = "failed"): Failure {
  return new Failure(kind, `cannot use ${source}: ${why}`, { hints: [hint] });
}
