import { NAME_OPTIONS } from "./name-options.ts";
import { OPTION_HELP } from "./option-help.ts";
import { HELPER_COMMAND, OPTIONS, type OptionSpec, RUN_COMMANDS, type RunCommand } from "./options.ts";
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

/** The options of the table, in its order. */
export function completionOptions(): (CompletionOption & { readonly commands: readonly RunCommand[] })[] {
  return OPTIONS.map((spec: OptionSpec & { name: keyof typeof OPTION_HELP }) => {
    const { value, line } = OPTION_HELP[spec.name];
    return {
      name: spec.name,
      commands: spec.commands,
      line,
      ...(spec.short === undefined ? {} : { short: spec.short }),
      ...(value === undefined
        ? {}
        : {
            value: {
              placeholder: value,
              choices: choicesOf(spec),
              isFile: value === "FILE",
              isName: NAME_OPTIONS[spec.name] !== undefined,
            },
          }),
    };
  });
}

/** For each command, `credential-process` included, the options it takes. */
export function optionsByCommand(): {
  readonly command: RunCommand | typeof HELPER_COMMAND;
  readonly options: readonly CompletionOption[];
}[] {
  const all = completionOptions();
  return [
    ...RUN_COMMANDS.map((command) => ({
      command,
      options: all.filter(({ commands }) => commands.includes(command)),
    })),
    { command: HELPER_COMMAND, options: helperOptions() },
  ];
}

/** Its form of output is fixed. */
const NOT_FOR_HELPER: readonly string[] = ["--outform", "--credential-helper", "--clear"];

/** The options of `credential-process`: those of `dumpcreds`, and those that only AWS's helper has. */
export function helperOptions(): readonly CompletionOption[] {
  const shared = completionOptions().filter(
    ({ name, commands }) => commands.includes("dumpcreds") && !NOT_FOR_HELPER.includes(name),
  );
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
