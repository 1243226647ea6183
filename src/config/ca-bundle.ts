import type { Environment } from "../system/types.ts";
import { expandPath } from "./paths.ts";
import { type Profile, propertySource } from "./section.ts";
import { type Setting, unusable } from "./setting.ts";

export interface CaBundle {
  /** A PEM file whose certificates replace the default roots. */
  readonly path: string;
  /** For messages about a file that cannot be used. */
  readonly source: string;
}

/**
 * `AWS_CA_BUNDLE`, else the profile's `ca_bundle`. One that is set but empty is a Failure, as for the AWS CLI:
 * somebody wanted other roots than the default ones and nobody knows which. A `~` is expanded against `home`.
 */
export function caBundle(
  env: Environment,
  profile: Profile | undefined,
  home: string | undefined,
): CaBundle | undefined {
  const reading = variable(env) ?? key(profile);
  if (reading === undefined) return undefined;
  const { value, source } = reading;
  if (value === "") throw unusable(source, "it is set but empty", "name a PEM file, or remove it altogether");
  return { path: expandPath(value, env, home), source };
}

function variable(env: Environment): Setting | undefined {
  const value = env.AWS_CA_BUNDLE;
  return value === undefined ? undefined : { value, source: "AWS_CA_BUNDLE" };
}

function key(profile: Profile | undefined): Setting | undefined {
  const setting = profile?.get("ca_bundle");
  return setting && { value: setting.value, source: propertySource("ca_bundle", setting) };
}
