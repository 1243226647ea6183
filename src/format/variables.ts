/** The text of `serve`: variables for a shell, or JSON. */
import { jsonText } from "../lib/json-text.ts";
import type { Outform } from "../lib/option-choices.ts";
import { setLine, syntaxes, unsetLines } from "./shell-syntax.ts";

export interface Variables {
  readonly set: Readonly<Record<string, string>>;
  readonly unset: readonly string[];
}

/**
 * Every line ends in a newline, and the comment stands last: `eval $(…)` without quotes joins the lines by blanks. JSON
 * has null for what is unset, and no comment; the form for files of variables can express neither. Throws a Failure when
 * the form cannot express a value.
 */
export function formatVariables({ set, unset }: Variables, outform: Outform, comment?: string): string {
  if (outform === "json") {
    const nothing = Object.fromEntries(unset.map((name) => [name, null]));
    return `${jsonText({ ...set, ...nothing }, 4)}\n`;
  }
  const { comment: sign } = syntaxes[outform];
  const lines = [
    ...unset.flatMap((name) => unsetLines(outform, name)),
    ...Object.entries(set).map(([name, value]) => setLine(outform, name, value)),
    ...(comment === undefined || sign === undefined ? [] : [`${sign} ${comment}`]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
