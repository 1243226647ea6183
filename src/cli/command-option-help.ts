/** The words of help and completion for an option as one command takes it. */
import { optional } from "../lib/optional.ts";
import type { Command } from "./command-names.ts";
import { OPTION_HELP, type OptionHelp } from "./option-help.ts";
import type { OptionName } from "./options.ts";

/** The command's own words where it has some, else those of all. `choices` is absent where it takes every choice. */
export function helpFor(
  name: OptionName,
  command: Command,
): Pick<OptionHelp, "group" | "value" | "line"> & { readonly choices?: readonly string[] } {
  const { group, value, line, choicesOf, lineOf } = OPTION_HELP[name];
  const choices = choicesOf?.[command];
  return {
    group,
    line: lineOf?.[command] ?? line,
    ...optional("value", choices?.join("|") ?? value),
    ...optional("choices", choices),
  };
}
