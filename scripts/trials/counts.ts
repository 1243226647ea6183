/** What trials counted, summed up, from the lines that each of them adds to a file. Pure. */
import type { Count, Counted } from "../../test/trials/trial.ts";

/** In the order in which a report shows them. */
export const COUNTED: readonly Counted[] = [
  "inputs tried",
  "faults injected",
  "kills survived",
  "places searched for secrets",
  "secrets found",
];

/** By what was counted; what a trial does not count is not there. */
export type Sums = ReadonlyMap<Counted, number>;

/** The sums of each trial by its name, in the order of the names. Throws for a line that is none of a trial's. */
export function readCounts(text: string): ReadonlyMap<string, Sums> {
  const trials = new Map<string, Map<Counted, number>>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const { trial, counted, count } = readLine(line);
    const sums = trials.get(trial) ?? new Map<Counted, number>();
    sums.set(counted, (sums.get(counted) ?? 0) + count);
    trials.set(trial, sums);
  }
  return new Map([...trials].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The sums of all trials together. */
export function allCounts(trials: ReadonlyMap<string, Sums>): Sums {
  const all = new Map<Counted, number>();
  for (const sums of trials.values()) {
    for (const [counted, count] of sums) all.set(counted, (all.get(counted) ?? 0) + count);
  }
  return all;
}

/** "trials: 45,120 inputs tried, 0 secrets found", for the end of a run. */
export function summedUp(sums: Sums): string {
  const told = COUNTED.filter((counted) => sums.has(counted));
  return `trials: ${told.map((counted) => `${inWords(sums.get(counted))} ${counted}`).join(", ") || "none"}`;
}

/** A number with commas; empty for none. */
export function inWords(count: number | undefined): string {
  return count === undefined ? "" : count.toLocaleString("en-US");
}

function readLine(line: string): Count {
  const read: unknown = JSON.parse(line);
  if (isCount(read)) return read;
  throw new Error(`no count of a trial: ${line}`);
}

function isCount(value: unknown): value is Count {
  if (typeof value !== "object" || value === null) return false;
  if (!("trial" in value && "counted" in value && "count" in value)) return false;
  const { trial, counted, count } = value;
  return typeof trial === "string" && typeof count === "number" && COUNTED.some((known) => known === counted);
}
