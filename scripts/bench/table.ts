/** Rows as lines of text. */
import { isOver, type Row } from "./rows.ts";

const HEAD = ["what", "measure", "value", "budget", "", "measured"];

/** The lines of the table, its head first. */
export function table(rows: readonly Row[]): string[] {
  const cells = [HEAD, ...rows.map(rowCells)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function rowCells(row: Row): string[] {
  const { what, measure, value, budget, detail } = row;
  const verdict = budget === undefined ? "" : isOver(row) ? "over" : "within";
  return [what, measure, figure(value), budget === undefined ? "" : figure(budget), verdict, detail];
}

/** Counts are whole. */
function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}
