/** A little colour for a person at a terminal: the labels of errors and hints, the headings of the help. */
import { printable } from "../lib/printable.ts";
import type { Environment } from "../system/types.ts";
import type { ReportLine } from "./report.ts";

const BOLD = "\x1b[1m";
const STYLES: Readonly<Record<ReportLine["label"], string>> = {
  error: "\x1b[1;31m",
  note: BOLD,
  hint: "\x1b[1;36m",
};
const RESET = "\x1b[0m";

/**
 * Whether a terminal may get colour: not with `NO_COLOR` (https://no-color.org: set and not empty), and only where `TERM`
 * names a terminal that has it. Windows has no `TERM`. The caller asks whether the stream is a terminal.
 */
export function allowsColour(env: Environment, platform: NodeJS.Platform): boolean {
  if (env.NO_COLOR) return false;
  return env.TERM ? env.TERM !== "dumb" : platform === "win32";
}

/** The line with its label in colour. The text of the line cannot drive the terminal: it passes `printable()` here. */
export function colouredLine({ label, text }: ReportLine): string {
  return `aws-login: ${STYLES[label]}${label}:${RESET} ${printable(text)}`;
}

/** A page of help with its headings in bold: the lines that begin with a capital letter after an empty line. */
export function colouredPage(page: string): string {
  return page
    .replace(/^(Usage:)/gm, `${BOLD}$1${RESET}`)
    .replace(/(\n\n)([A-Z][^\n:.]*)(?=\n {2})/g, `$1${BOLD}$2${RESET}`);
}
