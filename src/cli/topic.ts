import { COMMANDS, type Command, findOption, oneOf } from "./options.ts";

/**
 * The command that the words are about, as far as can be told without judging them: for help, and for errors.
 * `help` itself only if there is no other.
 */
export function topicOf(words: readonly string[]): Command | undefined {
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
export function seeAlso(words: readonly string[]): string {
  const topic = topicOf(words);
  return topic === undefined ? "see: aws-login help" : `see: aws-login help ${topic}`;
}
