/** What every reader of foreign text must keep to, whatever the text. */
import { reportLines } from "../../../src/cli/report.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { printable } from "../../../src/lib/printable.ts";

/** Any piece of fifteen characters of a secret holds it. */
const marker = "Zq7XvKJw";

/** Stands for every secret in the samples. Not as long as a secret key: one of those would be left out by its shape. */
export const SECRET = marker.repeat(6);

/**
 * The text with another word in the place of the secrets that a mutation has brought where no secret belongs, such as
 * into a region: `place` matches a secret that stands where it should, or where its kind cannot be told.
 */
export function withoutStrays(text: string, place: RegExp): string {
  if (!text.includes(marker)) return text;
  // A character that no mutation makes.
  const held = "\ue123";
  return text
    .replace(place, (whole) => whole.replaceAll(marker, held))
    .replaceAll(marker, "astray..")
    .replaceAll(held, marker);
}

/** Everything that may drive a terminal, or hide: control characters but the line end, and marks of direction. */
const dangerous = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Characters on one line of stderr: 2,000 of the text, each spelled out at worst. */
const longestLine = 20_000;
const mostLines = 30;

/** What is wrong with the lines that a person gets to see; undefined when nothing is. */
export function wrongLines(lines: readonly string[]): string | undefined {
  if (lines.length > mostLines) return `it says ${lines.length} lines`;
  for (const line of lines) {
    if (line.includes(marker)) return `a secret is shown: ${line}`;
    if (dangerous.test(line) || line.includes("\n"))
      return `a control character is shown: ${JSON.stringify(line)}`;
    if (line.length > longestLine) return `a line has ${line.length} characters`;
    if (!/^aws-login: (error|note|hint): /.test(line)) return `a line of another form: ${line}`;
  }
  return undefined;
}

/** What is wrong with something that was thrown; undefined for a Failure that may be shown. */
export function wrongThrown(thrown: unknown): string | undefined {
  if (!(thrown instanceof Failure)) {
    return `it throws ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`;
  }
  if (thrown.message === "") return "it throws a Failure without a message";
  return wrongLines(reportLines(thrown).map(printable));
}

/** What `act` answers, or undefined when it refuses in plain words. Whatever else it throws is an error of its own. */
export function answerOf<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (thrown) {
    const wrong = wrongThrown(thrown);
    if (wrong !== undefined) throw new Error(wrong);
    return undefined;
  }
}
