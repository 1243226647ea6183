import { optional } from "../lib/optional.ts";
import { HELPER_COMMAND, oneOf, RUN_COMMANDS, type RunCommand } from "./command-names.ts";
import { helpFor } from "./command-option-help.ts";
import { NAME_OPTIONS } from "./name-options.ts";
import { OPTION_HELP } from "./option-help.ts";
import { OPTIONS, type OptionName, type OptionSpec } from "./options.ts";
import { REGION_NAMES } from "./region-names.ts";
import { HELPER_OPTION_LINES } from "./signing-helper-options.ts";

/** An option as a completion script sees it. */
export interface CompletionOption {
  /** With its dashes. */
  readonly name: string;
  readonly short?: string;
  readonly line: string;
  /** Its value; absent for a flag. */
  readonly value?: CompletionValue;
}
export interface CompletionValue {
  readonly placeholder: string;
  /** The words to choose from; empty for free text. */
  readonly choices: readonly string[];
  readonly isFile: boolean;
  /** Whether it is a name of a profile, session, account or role, which the program looks up at each Tab. */
  readonly isName: boolean;
}

/** The options of the table, in its order, as they are before there is a command. */
export function completionOptions(): readonly CompletionOption[] {
  return OPTIONS.map((spec) => completionOption(spec, OPTION_HELP[spec.name]));
}

/** For each command, `credential-process` included, the options it takes. */
export function optionsByCommand(): {
  readonly command: RunCommand | typeof HELPER_COMMAND;
  readonly options: readonly CompletionOption[];
}[] {
  return [
    ...RUN_COMMANDS.map((command) => ({ command, options: optionsOf(command) })),
    { command: HELPER_COMMAND, options: helperOptions() },
  ];
}

/** The choices of options of which a command takes fewer than there are. */
export function fewerChoices(): {
  readonly command: RunCommand;
  readonly name: string;
  readonly choices: readonly string[];
}[] {
  return RUN_COMMANDS.flatMap((command) =>
    OPTIONS.flatMap(({ name }) => {
      const { choices } = helpFor(name, command);
      return choices === undefined ? [] : [{ command, name, choices }];
    }),
  );
}

function optionsOf(command: RunCommand): readonly CompletionOption[] {
  return OPTIONS.filter(({ commands }) => oneOf<RunCommand>(commands, command) !== undefined).map((spec) =>
    completionOption(spec, helpFor(spec.name, command)),
  );
}

function completionOption(
  spec: OptionSpec & { readonly name: OptionName },
  { value, line, choices = choicesOf(spec) }: Pick<ReturnType<typeof helpFor>, "value" | "line" | "choices">,
): CompletionOption {
  return {
    name: spec.name,
    line,
    ...optional("short", spec.short),
    ...(value === undefined
      ? {}
      : {
          value: {
            placeholder: value,
            choices,
            isFile: value === "FILE",
            isName: NAME_OPTIONS[spec.name] !== undefined,
          },
        }),
  };
}

/** Its form of output is fixed. */
const NOT_FOR_HELPER: readonly string[] = ["--outform", "--credential-helper", "--clear"];

/** The options of `credential-process`: those of `dumpcreds`, and those that only AWS's helper has. */
export function helperOptions(): readonly CompletionOption[] {
  const shared = optionsOf("dumpcreds").filter(({ name }) => !NOT_FOR_HELPER.includes(name));
  const names = shared.map(({ name }) => name);
  const own = Object.entries(HELPER_OPTION_LINES).filter(([name]) => !names.includes(name));
  return [
    ...shared.map((option) => ({ ...option, line: HELPER_OPTION_LINES[option.name] ?? option.line })),
    ...own.map(([name, line]) => ({ name, line })),
  ];
}

/** Every spelling of the options that take a value. */
export function valuedNames(): string[] {
  return completionOptions()
    .filter(({ value }) => value !== undefined)
    .flatMap(({ name, short }) => (short === undefined ? [name] : [short, name]));
}

/** Leaves out the synonyms that old scripts use. */
function choicesOf(spec: OptionSpec): readonly string[] {
  if (spec.name === "--region" || spec.name === "--sso-region") return REGION_NAMES;
  return spec.kind === "choice" ? [...new Set(Object.values(spec.values))] : [];
}
