/** The words of a command line that are neither options nor their values: which may follow which. Pure. */
import type { Failure } from "../lib/errors.ts";
import { nearest } from "../lib/suggest.ts";
import { COMMANDS, HELP_NAMES, oneOf, SHELL_COMMANDS, SHELLS, WORD_COMMANDS } from "./command-names.ts";
import { hintForCommand } from "./foreign-command.ts";
import { beginsWithDash, isTargetWord, type ReadSoFar, unexpectedWordHint } from "./unexpected-word.ts";
import { seeHelp, usageError } from "./usage-error.ts";

/** Why `word` cannot follow these operands; undefined when it can. */
export function operandProblem(
  operands: readonly string[],
  word: string,
  read: ReadSoFar,
): Failure | undefined {
  const command = oneOf(COMMANDS, operands[0]);
  const operand = operands[1];
  if (beginsWithDash(word)) {
    const [name] = word.split("=", 1);
    return usageError(`unknown option ${name}`, "an option begins with two hyphens, as in --profile");
  }
  if (command === undefined || (command === "help" && operand === undefined)) {
    const known = command === "help" ? HELP_NAMES : COMMANDS;
    if (oneOf(known, word) !== undefined) return undefined;
    return unknownCommand(word, known, read);
  }
  if (oneOf(SHELL_COMMANDS, command) !== undefined && operand === undefined) {
    if (oneOf(SHELLS, word) !== undefined) return undefined;
    return usageError(`no ${command} for "${word}": the shells are ${inWords(SHELLS)}`, seeHelp(read.words));
  }
  if (oneOf(WORD_COMMANDS, command) !== undefined && isTargetWord(word, read)) return undefined;
  if (word === "")
    return usageError(`${command} takes no empty word`, "a variable that stands for it may not be set");
  return usageError(`${command} takes no "${word}"`, unexpectedWordHint(word, command, read));
}

function unknownCommand(word: string, known: readonly string[], { words }: ReadSoFar): Failure {
  const hint = hintForCommand(word, words);
  const meant = hint === undefined ? nearest(word, known) : undefined;
  return usageError(
    `unknown command "${word}"`,
    hint ?? (meant === undefined ? "see: aws-login help" : `did you mean ${meant}?`),
  );
}

/** "a", "a and b", "a, b and c". */
export function inWords(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
