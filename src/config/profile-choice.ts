/** Which profile a command starts from. */
import { Failure } from "../lib/errors.ts";
import { optional } from "../lib/optional.ts";
import { shellWord } from "../lib/quoting.ts";
import { nameList, nearest } from "../lib/suggest.ts";
import type { Environment } from "../system/types.ts";
import type { SharedConfig } from "./profiles.ts";
import type { Profile } from "./section.ts";
import { sectionHeader } from "./section-name.ts";

/** The hint for a user who has no profile. */
export const IDENTITY_CENTER_HINT =
  "for Identity Center, write profiles with: aws-login dumpconfig --start-url URL --write";

export interface ProfileChoice {
  readonly name: string;
  /** What named it; `default` when nothing did. */
  readonly source: "--profile" | "AWS_PROFILE" | "AWS_DEFAULT_PROFILE" | "default";
  /** What messages say in the place of `--profile`, where something else names a profile in the same way. */
  readonly from?: string;
}

/**
 * `--profile`, then `AWS_PROFILE`, then `AWS_DEFAULT_PROFILE`, then `default` (AWS CLI version 2). An empty variable
 * counts as not set. An empty option is a usage Failure, as it is most often a shell variable that is not set; so is a
 * name that is not UTF-8. `from` is what names the profile of `option`, for messages; absent: the option.
 */
export function chooseProfile(option: string | undefined, env: Environment, from?: string): ProfileChoice {
  if (option === "") {
    throw new Failure("usage", "--profile has an empty name", {
      hints: ["name a profile, or leave the option out for the default one"],
    });
  }
  if (option !== undefined)
    return decodedChoice({ name: option, source: "--profile", ...optional("from", from) });
  if (env.AWS_PROFILE) return decodedChoice({ name: env.AWS_PROFILE, source: "AWS_PROFILE" });
  if (env.AWS_DEFAULT_PROFILE) {
    return decodedChoice({ name: env.AWS_DEFAULT_PROFILE, source: "AWS_DEFAULT_PROFILE" });
  }
  return { name: "default", source: "default" };
}

/** Bun decodes a byte that is not UTF-8 to U+FFFD. Such a name could be that of another profile. */
function decodedChoice(choice: ProfileChoice): ProfileChoice {
  if (!choice.name.includes("\ufffd")) return choice;
  throw new Failure(
    "usage",
    `cannot use ${choice.from ?? choice.source}: the name ${choice.name} is not UTF-8`,
    {
      hints: ["give the name in UTF-8, and save the config file as UTF-8"],
    },
  );
}

/**
 * The chosen profile. One that is in neither file is a Failure of kind `no-credentials`, except for a profile
 * `default` that `--profile` did not ask for: it is optional, and then undefined.
 */
export function chosenProfile(choice: ProfileChoice, shared: SharedConfig): Profile | undefined {
  const profile = shared.profile(choice.name);
  if (profile !== undefined) return profile;
  if (choice.name === "default" && choice.source !== "--profile") return undefined;
  throw missingProfile(choice.name, choice.from ?? choice.source, shared);
}

/** The Failure for a profile that does not exist. `from` says what named it: an option, a variable, a setting. */
function missingProfile(name: string, from: string, shared: SharedConfig): Failure {
  const { config, credentials } = shared.paths;
  const lineOfKeys = shared.credentialsLine(name);
  const why =
    lineOfKeys === undefined
      ? `it is neither in ${config} nor in ${credentials}`
      : `a name that needs quotes must be in ${config}; line ${lineOfKeys} of ${credentials} counts only beside it`;
  return new Failure("no-credentials", `cannot use profile ${name} (from ${from}): ${why}`, {
    hints: missingProfileHints(name, shared),
  });
}

/** Suggests the profiles that the name of a missing profile may mean, or how to make it. */
export function missingProfileHints(name: string, shared: SharedConfig): readonly string[] {
  const { config } = shared.paths;
  const misspelled = shared.misspelledHeader("profile", name);
  if (misspelled !== undefined) {
    return [`line ${misspelled.line} of ${misspelled.file} must read ${misspelled.header}`];
  }
  if (shared.credentialsLine(name) !== undefined) {
    return [`add the line ${sectionHeader("profile", name)} to ${config}`];
  }
  const names = shared.profileNames();
  const containing = namesContaining(name, names);
  const close = nearest(name, names);
  if (containing.length > 0 && close?.toLowerCase() !== name.toLowerCase()) {
    return [
      containing.length === 1
        ? `did you mean ${containing[0]}?`
        : `the profiles with ${name} in their names are: ${nameList(containing)}`,
    ];
  }
  if (close !== undefined) return [`did you mean ${close}?`];
  if (names.length > 0) return [`the profiles are: ${nameList(names)}`];
  return [`make the profile with: aws configure --profile ${shellWord(name)}`, IDENTITY_CENTER_HINT];
}

/** In any case. A name of one or two characters is in too many names to help. */
function namesContaining(name: string, names: readonly string[]): readonly string[] {
  const part = name.toLowerCase();
  return part.length < 3 ? [] : names.filter((each) => each.toLowerCase().includes(part));
}
