import { Failure } from "../lib/errors.ts";
import { COMMANDS, type Command, findOption, oneOf } from "./options.ts";

/** A command line that cannot work. `hint` says what the caller probably meant, or where to look it up. */
export function usageError(message: string, hint: string): Failure {
  return new Failure("usage", message, { hints: [hint] });
}

/**
 * The command that the words are about, as far as can be told without judging them: for help, and for errors.
 * `help` itself only if there is no other.
 */
export function commandNamed(words: readonly string[]): Command | undefined {
  let topic: Command | undefined;
  for (const [index, word] of words.entries()) {
    const before = findOption(words[index - 1] ?? "");
    if (before !== undefined && before.kind !== "flag") continue;
    const command = oneOf(COMMANDS, word);
    if (command !== undefined && command !== "help") return command;
    topic ??= command;
  }
  return topic;
}

/** The hint when there is nothing better to say. */
export function seeHelp(words: readonly string[]): string {
  const topic = commandNamed(words);
  return topic === undefined ? "see: aws-login help" : `see: aws-login help ${topic}`;
}
