import { parseIni } from "../../src/config/ini.ts";
import { type SharedConfig, sharedConfig } from "../../src/config/profiles.ts";
import type { Profile } from "../../src/config/section.ts";
import { Failure } from "../../src/lib/errors.ts";

export const configPath = "/home/me/.aws/config";
export const credentialsPath = "/home/me/.aws/credentials";

export function sharedFrom(config: string, credentials = ""): SharedConfig {
  return sharedConfig({
    config: parseIni(config, configPath),
    credentials: parseIni(credentials, credentialsPath),
  });
}

/** A profile `p` whose settings, one a line, begin on line 2 of the config file. */
export function profileOf(...lines: string[]): Profile {
  const profile = sharedFrom(["[profile p]", ...lines].join("\n")).profile("p");
  if (profile === undefined) throw new Error("the profile p was not found");
  return profile;
}

/** The Failure that `act` throws. */
export function failureOf(act: () => unknown): Failure {
  try {
    act();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
