/** The man page, made of the same tables as the help. */

import { COMMANDS, RUN_COMMANDS } from "../../src/cli/command-names.ts";
import { COMMAND_PAGES, helpPage } from "../../src/cli/help.ts";
import { GROUPS, OPTION_HELP } from "../../src/cli/option-help.ts";
import { OPTIONS, type OptionSpec } from "../../src/cli/options.ts";
import { helpText } from "../../src/cli/overview.ts";
import { EXIT_STATUSES, FILES, VARIABLES } from "./man-texts.ts";
import { bold, italic, item, paragraph, section, subsection, text, verbatim } from "./roff.ts";
import type { Source } from "./source.ts";

const HELP = "aws-login help [<command>]";
const SPECS: readonly OptionSpec[] = OPTIONS;

/** `aws-login.1`, in the man macros of roff. Its date is that of the source. */
export function manPage({ version, time }: Pick<Source, "version" | "time">): string {
  const date = new Date(time * 1000).toISOString().slice(0, 10);
  const [summary = ""] = helpText().split("\n\n");
  const commands = COMMANDS.filter((command) => command !== "help");
  const parts = [
    `.TH AWS\\-LOGIN 1 ${date} "aws\\-login ${version}" "User Commands"`,
    // Ragged and without hyphenation, so that no option is torn apart.
    ".ad l\n.nh",
    section("Name", `aws\\-login \\- ${text(afterName(summary))}`),
    section("Synopsis", verbatim([...commands.flatMap((command) => COMMAND_PAGES[command].usage), HELP])),
    section(
      "Description",
      text(sentence(summary)),
      paragraph,
      text(
        "Stdout gets the answer and nothing else; questions, progress and errors go to stderr or the terminal.",
      ),
      text("The console's URL and the output of dumpcreds are secrets."),
    ),
    section(
      "Commands",
      ...commands.map((command) => item(bold(command), text(COMMAND_PAGES[command].does))),
      item(bold("help"), text("Prints the help of the program, or of a command.")),
    ),
    section(
      "Options",
      text("Options may stand before or after the command, with their value after a blank or after =."),
      ...GROUPS.map(optionGroup),
      item(`${bold("-h")}, ${bold("--help")}`, text("The help of the program or of the command.")),
      item(bold("--version"), text("The version.")),
    ),
    section("Where credentials come from", verbatim(helpPage("sources").trimEnd().split("\n"))),
    section(
      "Exit status",
      ...Object.entries(EXIT_STATUSES).map(([status, meaning]) => item(bold(status), text(meaning))),
      paragraph,
      text("runas ends as its command does: with its status, or 128 and the signal's number."),
      text("When there is no such program it is 127, and 126 when it cannot be executed."),
    ),
    section("Environment", ...terms(VARIABLES)),
    section("Files", ...terms(FILES)),
    section("Examples", verbatim(commands.flatMap((command) => COMMAND_PAGES[command].examples))),
    section(
      "See also",
      `${bold("aws-login help")} ${italic("command")}${text(", and README.md beside this page.")}`,
    ),
  ];
  return `${parts.join("\n")}\n`;
}

function optionGroup(group: (typeof GROUPS)[number]): string {
  const specs = SPECS.filter(({ name }) => helpOf(name).group === group);
  return subsection(
    group,
    ...specs.map(({ name, short, commands }) => {
      const { value, line } = helpOf(name);
      const names = [...(short === undefined ? [] : [short]), name].map(bold).join(", ");
      const takers = commands.length === RUN_COMMANDS.length ? "every command" : commands.join(", ");
      return item(
        value === undefined ? names : `${names} ${italic(value)}`,
        `${text(sentence(line))}\n${text(`For ${takers}.`)}`,
      );
    }),
  );
}

const helpOf = (name: string) => {
  const found = Object.entries(OPTION_HELP).find(([key]) => key === name);
  if (found === undefined) throw new Error(`no help for ${name}`);
  return found[1];
};

function terms(texts: Readonly<Record<string, string>>): string[] {
  return Object.entries(texts).map(([names, meaning]) =>
    item(names.split(", ").map(bold).join(", "), text(meaning)),
  );
}

/** "aws-login turns …." without the name and the full stop, in one line. */
function afterName(summary: string): string {
  return summary
    .replace(/^aws-login /, "")
    .replaceAll("\n", " ")
    .replace(/\.$/, "");
}

function sentence(words: string): string {
  const capital = words.startsWith("aws-login") ? words : words.charAt(0).toUpperCase() + words.slice(1);
  return capital.endsWith(".") ? capital : `${capital}.`;
}
