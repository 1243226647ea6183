import { Failure } from "../lib/errors.ts";
import { COMMANDS, type Command, oneOf } from "./command-names.ts";
import { findOption } from "./options.ts";

/** A command line that cannot work. `hint` says what the caller probably meant, or where to look it up. */
export function usageError(message: string, hint: string): Failure {
  return new Failure("usage", message, { hints: [hint] });
}

/**
 * The command that the words name, for help and for hints; undefined when they name none. `help` counts only where there
 * is no other. The words may be wrong otherwise.
 */
export function commandNamed(words: readonly string[]): Command | undefined {
  let found: Command | undefined;
  for (const [index, word] of words.entries()) {
    const before = findOption(words[index - 1] ?? "");
    if (before !== undefined && before.kind !== "flag") continue;
    const command = oneOf(COMMANDS, word);
    if (command !== undefined && command !== "help") return command;
    found ??= command;
  }
  return found;
}

/** The hint that names a page of the help. */
export function seeHelp(words: readonly string[]): string {
  const command = commandNamed(words);
  return command === undefined || command === "help"
    ? "see: aws-login help"
    : `see: aws-login help ${command}`;
}
