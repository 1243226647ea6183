/** Text of others as a terminal may show it. Pure. */
import { spelled } from "./printable.ts";

/**
 * The text in one line, with what could drive a terminal or what a reader cannot see spelled out: `\u{1b}` for an escape.
 * Unlike `printable()` it shows everything else, at any length: names, not messages.
 */
export function visible(text: string): string {
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)
    ? text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, spelled)
    : text;
}

/** The columns that the text takes on a terminal: two for a wide character, none for a combining one. */
export function columnsOf(text: string): number {
  return isPlain(text) ? text.length : Bun.stringWidth(text);
}

/** The text in exactly so many columns: filled up with blanks, or cut with an ellipsis. Never half a character. */
export function fitted(text: string, columns: number): string {
  const width = columnsOf(text);
  if (width <= columns) return text + " ".repeat(columns - width);
  if (columns <= 0) return "";
  if (isPlain(text)) return `${text.slice(0, columns - 1)}…`;
  let cut = "";
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const more = Bun.stringWidth(segment);
    if (used + more > columns - 1) break;
    cut += segment;
    used += more;
  }
  return `${cut}…${" ".repeat(columns - 1 - used)}`;
}

function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
