/** Ratios as bars of text, to be seen at once. */
import type { Row } from "./rows.ts";

/** Columns for a ratio of 1; what is longer than the widest bar ends in an arrow. */
const unit = 24;
const widest = 48;

/** A line for each row that is a multiple of something: `=` up to its value, `|` where its budget ends. */
export function plot(rows: readonly Row[]): string[] {
  const ratios = rows.filter(({ measure }) => ["CPU", "wall", "memory"].includes(measure));
  const labels = ratios.map(({ what, measure }) => `${what}, ${measure}`);
  const width = Math.max(0, ...labels.map((label) => label.length));
  return ratios.map(({ value, budget }, index) => {
    const label = (labels[index] ?? "").padEnd(width);
    return `${label}  ${bar(value, budget)} ${value.toFixed(2)}`;
  });
}

function bar(value: number, budget: number | undefined): string {
  const length = Math.round(value * unit);
  if (length > widest) return `${"=".repeat(widest)}>`;
  const drawn = "=".repeat(length);
  const fingerprint = budget === undefined ? length : Math.round(budget * unit);
  if (fingerprint < length) return `${drawn.slice(0, fingerprint)}|${drawn.slice(fingerprint + 1)}`;
  return fingerprint === length ? drawn : `${drawn.padEnd(fingerprint)}|`;
}
