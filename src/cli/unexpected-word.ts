/** The hint for a word that the command does not take: most often it is the value of an option that was left out. */
import type { Command } from "./command-names.ts";
import { COMMANDS, oneOf } from "./command-names.ts";
import type { OptionName, OptionSpec } from "./options.ts";
import { findOption } from "./options.ts";
import { seeHelp } from "./usage-error.ts";

/** The command line as far as it was read when the unexpected word came. */
export interface ReadSoFar {
  readonly words: readonly string[];
  readonly present: readonly OptionSpec[];
  /** The option right before the unexpected word, if there is one. */
  readonly before: OptionSpec | undefined;
  /** The words after `--`, where there is one. */
  readonly program: readonly string[] | undefined;
}

/**
 * The hint for `word`, which `command` does not take. It repeats the word only when a shell reads it as one plain word,
 * so that the person can type the hint as it is.
 */
export function unexpectedWordHint(
  word: string,
  command: Command,
  { words, present, before, program }: ReadSoFar,
): string {
  if (before?.field === "assumeRoles" || before?.field === "targetArnProfiles") {
    return `put a list with blanks in it between double quotes: ${before.name} "…, …"`;
  }
  if (command === "runas" && program === undefined) return `put -- before the program: ${HOW_TO_RUN}`;
  const option = optionFor(word, command);
  const spec = findOption(option);
  const fits = spec !== undefined && oneOf(spec.commands, command) !== undefined;
  if (!fits || present.includes(spec) || oneOf(COMMANDS, word) !== undefined || !isPlain(word)) {
    return seeHelp(words);
  }
  return `did you mean ${option} ${word}?`;
}

/**
 * Whether a command that takes words may look for an identity by this one. A word after a secret or in the middle of a
 * list is more likely a part of that; an ARN and a URL are values of options.
 */
export function isTargetWord(word: string, { before, words }: ReadSoFar): boolean {
  if (word === "" || word === "-" || word.startsWith("arn:") || word.startsWith("https://")) return false;
  if (before === undefined) return true;
  if (before.kind === "text" && before.secret) return false;
  if (before.field !== "assumeRoles" && before.field !== "targetArnProfiles") return true;
  const value = words[words.lastIndexOf(word) - 1] ?? "";
  return !/[[{,:]$/.test(value) && !/^[\]},"]/.test(word);
}

export const HOW_TO_RUN = "aws-login runas -- PROGRAM ARGS";

/** Whether the word begins with a dash that a word processor put in the place of hyphens, as in `–-profile`. */
export function beginsWithDash(word: string): boolean {
  return word.startsWith("–") || word.startsWith("—");
}

/** The option that takes a value like `word`. */
function optionFor(word: string, command: Command): OptionName {
  if (command === "importcache") return "--accesstoken-cache";
  if (word.startsWith("arn:")) return "--assume-roles";
  return word.startsWith("https://") ? "--start-url" : "--profile";
}

function isPlain(word: string): boolean {
  return /^[\w~./][\w~./:@,+-]*$/.test(word);
}
