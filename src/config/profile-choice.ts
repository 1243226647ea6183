/** Which profile a command starts from. */
import { Failure } from "../lib/errors.ts";
import { nameList } from "../lib/name-list.ts";
import { shellWord } from "../lib/quoting.ts";
import { nearest } from "../lib/suggest.ts";
import type { Environment } from "../system/types.ts";
import type { SharedConfig } from "./profiles.ts";
import type { Profile } from "./section.ts";
import { sectionHeader } from "./section-name.ts";

/** What helps whoever has no profile and does not know the AWS CLI. */
export const IDENTITY_CENTER_HINT =
  "for Identity Center, write profiles with: aws-login dumpconfig --start-url URL --write";

export interface ProfileChoice {
  readonly name: string;
  /** What named it; `default` when nothing did. */
  readonly source: "--profile" | "AWS_PROFILE" | "AWS_DEFAULT_PROFILE" | "default";
}

/**
 * `--profile`, then `AWS_PROFILE`, then `AWS_DEFAULT_PROFILE`, then `default` (AWS CLI version 2). An empty variable
 * counts as not set; an empty option is a usage Failure, for it is most often a variable that was forgotten.
 */
export function chooseProfile(option: string | undefined, env: Environment): ProfileChoice {
  if (option === "") {
    throw new Failure("usage", "--profile has an empty name", {
      hints: ["name a profile, or leave the option out for the default one"],
    });
  }
  if (option !== undefined) return { name: option, source: "--profile" };
  if (env.AWS_PROFILE) return { name: env.AWS_PROFILE, source: "AWS_PROFILE" };
  if (env.AWS_DEFAULT_PROFILE) return { name: env.AWS_DEFAULT_PROFILE, source: "AWS_DEFAULT_PROFILE" };
  return { name: "default", source: "default" };
}

/**
 * The chosen profile. One that is in neither file is a Failure of kind `no-credentials`, but for a profile
 * `default` that `--profile` did not ask for: then undefined, as nobody need have one.
 */
export function chosenProfile(choice: ProfileChoice, shared: SharedConfig): Profile | undefined {
  const profile = shared.profile(choice.name);
  if (profile !== undefined) return profile;
  if (choice.name === "default" && choice.source !== "--profile") return undefined;
  throw missingProfile(choice.name, choice.source, shared);
}

/** The Failure for a profile that does not exist. `source` says what named it: an option, a variable, a setting. */
export function missingProfile(name: string, source: string, shared: SharedConfig): Failure {
  const { config, credentials } = shared.paths;
  const lineOfKeys = shared.credentialsLine(name);
  const why =
    lineOfKeys === undefined
      ? `it is neither in ${config} nor in ${credentials}`
      : `a name that needs quotes must be in ${config}; line ${lineOfKeys} of ${credentials} counts only beside it`;
  return new Failure("no-credentials", `cannot use the profile '${name}' (from ${source}): ${why}`, {
    hints: missingProfileHints(name, shared),
  });
}

/** What may have been meant by the name of a profile that does not exist, or how to make it. */
export function missingProfileHints(name: string, shared: SharedConfig): readonly string[] {
  const { config } = shared.paths;
  const header = sectionHeader("profile", name);
  const line = shared.misspelledLine(name);
  if (line !== undefined) return [`line ${line} of ${config} must read ${header}`];
  if (shared.credentialsLine(name) !== undefined) return [`add the line ${header} to ${config}`];
  const names = shared.profileNames();
  const close = nearest(name, names);
  if (close !== undefined) return [`did you mean ${close}?`];
  if (names.length > 0) return [`the profiles are: ${nameList(names)}`];
  return [`make the profile with: aws configure --profile ${shellWord(name)}`, IDENTITY_CENTER_HINT];
}
