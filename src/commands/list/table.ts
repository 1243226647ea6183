/** Rows as text: in columns for a person, with tabs for a program. Pure. */
import { columnsOf, fitted, visible } from "../../lib/visible.ts";

/** A column without any value is left out. Each line ends without blanks. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(visible));
  const columns = headings
    .map((heading, index) => ({ heading, cells: shown.map((row) => row[index] ?? "") }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
  const widths = columns.map(({ heading, cells }) =>
    cells.reduce((most, cell) => Math.max(most, columnsOf(cell)), heading.length),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => fitted(cell, widths[index] ?? 0))
      .join("  ")
      .trimEnd();
  const lines = [
    line(columns.map(({ heading }) => heading)),
    ...shown.map((_, at) => line(columns.map(({ cells }) => cells[at] ?? ""))),
  ];
  return `${lines.join("\n")}\n`;
}

/** A line for each row; a tab or a line end in a value is spelled out. */
export function tabSeparated(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(visible).join("\t")}\n`).join("");
}
