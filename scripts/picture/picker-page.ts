/** The picker's page out of what a terminal was sent. Pure. */
import type { TerminalLine } from "./svg.ts";

export interface PickerPage {
  readonly lines: readonly TerminalLine[];
  /** Counted from 0. */
  readonly cursor: { readonly row: number; readonly column: number };
}

const HOME = "\x1b[H";

/** The last whole picture. Throws where there is none. */
export function lastPage(sent: string): PickerPage {
  const end = sent.lastIndexOf("\x1b[J");
  if (end < 0) throw new Error("the picker has drawn nothing");
  const page = sent.slice(sent.lastIndexOf(HOME, end) + HOME.length, end);
  const [, row, column] = /\[(\d+);(\d+)H/.exec(sent.slice(end)) ?? [];
  const lines = page.split(/\r*\n/).map((line): TerminalLine => {
    const kind = line.startsWith("\x1b[1m") ? "bold" : line.startsWith("\x1b[2m") ? "dim" : "printed";
    return { kind, text: Bun.stripANSI(line) };
  });
  return { lines, cursor: { row: Number(row) - 1, column: Number(column) - 1 } };
}
