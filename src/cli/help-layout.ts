/** The layout of a page of help. Pure. */

/** A terminal has 80 columns. */
const WIDTH = 80;

/** The column at which the lines of the options begin. */
const OPTION_COLUMN = 33;

/** The help of a command, its options aside. */
export interface CommandPage {
  readonly usage: readonly string[];
  /** What it does: a paragraph, wrapped when it is printed. */
  readonly does: string;
  readonly examples: readonly string[];
}

/** The page with these lines of options between what the command does and the examples. */
export function page({ usage, does, examples }: CommandPage, options: readonly string[]): string {
  const lines = [
    ...usage.map((line, index) => (index === 0 ? `Usage: ${line}` : `       ${line}`)),
    "",
    ...wrapped(does, WIDTH),
    ...options,
    "",
    "Examples",
    ...examples.map((line) => `  ${line}`),
    "",
    "See also: aws-login help sources, aws-login help exit-status",
  ];
  return `${lines.join("\n")}\n`;
}

/** The lines of one option. */
export function optionRow(name: string, text: string): string[] {
  const [first = "", ...more] = wrapped(text, WIDTH - OPTION_COLUMN);
  const indented = (line: string) => " ".repeat(OPTION_COLUMN) + line;
  const head = `  ${name}`;
  if (head.length + 1 >= OPTION_COLUMN) return [head, ...[first, ...more].map(indented)];
  return [head.padEnd(OPTION_COLUMN) + first, ...more.map(indented)];
}

/** The text in lines of `width` characters at most, broken at blanks. A longer word gets a line of its own. */
export function wrapped(text: string, width = WIDTH): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
