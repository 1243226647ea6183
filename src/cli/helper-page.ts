/** The help of `aws-login credential-process`, another name of `dumpcreds --credential-helper`. */
import { type CommandPage, optionRow, page, wrapped } from "./help-layout.ts";
import { OPTION_HELP } from "./option-help.ts";
import type { OptionName } from "./options.ts";
import { HELPER_OPTION_LINES, REFUSED } from "./signing-helper-options.ts";

const PAGE: CommandPage = {
  usage: [
    "aws-login credential-process --certificate <file> --private-key <file>",
    "  --trust-anchor-arn <arn> --profile-arn <arn> --role-arn <arn>",
    "  [options]",
  ],
  does: "Prints credentials of IAM Roles Anywhere as credential_process of a profile expects them. credential-process is another name of dumpcreds --credential-helper that takes the command lines of aws_signing_helper credential-process: in a profile, only the program's name changes. The name must be the first word of the command line. With --use-cache one session serves all processes until it is about to expire.",
  examples: ["aws-login credential-process --use-cache --profile dev"],
};

/** The options of `aws_signing_helper credential-process` that it takes, and the password's file, by heading. */
const OPTIONS_BY_HEADING: readonly (readonly [heading: string, names: readonly string[]])[] = [
  [
    "Start from",
    [
      "--certificate",
      "--private-key",
      "--private-key-password-file",
      "--intermediates",
      "--trust-anchor-arn",
      "--profile-arn",
      "--role-arn",
      "--endpoint",
    ],
  ],
  ["Then assume", ["--session-duration", "--role-session-name"]],
  ["Also", ["--region", "--with-proxy", "--debug"]],
];

/** The options of AWS's helper that work here, those that are refused, and where the others are. */
export function helperPage(): string {
  const lines: string[] = [];
  for (const [heading, names] of OPTIONS_BY_HEADING) {
    lines.push("", heading);
    for (const name of names) {
      const { value, line } = helpOf(name);
      lines.push(...optionRow(value === undefined ? name : `${name} ${value}`, line));
    }
  }
  lines.push(...optionRow("-h, --help", "this page"));
  return page(PAGE, [
    ...lines,
    "",
    ...wrapped("Every other option of dumpcreds works too: aws-login help dumpcreds."),
    ...wrapped(`Refused, each with the way out: ${Object.keys(REFUSED).join(", ")}.`),
  ]);
}

function helpOf(name: string): { readonly value?: string; readonly line: string } {
  const own = HELPER_OPTION_LINES[name];
  const shared = Object.hasOwn(OPTION_HELP, name) ? OPTION_HELP[name as OptionName] : undefined;
  return { ...shared, line: own ?? shared?.line ?? "" };
}
