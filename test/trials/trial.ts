/**
 * Trials: runs whose number can be chosen, such as mutated inputs, injected faults and kills. `bun run check` makes few
 * of them with a seed that never changes; `bun run trials` makes many with a seed of its own.
 */
import { appendFileSync } from "node:fs";

/** What a trial counts. */
export type Counted =
  | "inputs tried"
  | "faults injected"
  | "kills survived"
  | "places searched for secrets"
  | "secrets found";

/** One line of the file that the counts are gathered in. */
export interface Count {
  readonly trial: string;
  readonly counted: Counted;
  readonly count: number;
}

/** Chance, told by a seed: a failing run is repeated by setting TRIALS_SEED to what its message names. */
export const trialSeed = wholeNumber("TRIALS_SEED", 20_260_101);

/** How many times the number of runs that `bun run check` makes. */
const scale = wholeNumber("TRIALS_SCALE", 1);

/** How many runs a trial makes, for what it makes within `bun run check`. */
export function runsOf(usual: number): number {
  return usual * scale;
}

/** Milliseconds that a test may take, for what it may take within `bun run check`. */
export function patienceOf(usual: number): number {
  return usual * scale;
}

/** Adds to the counts of the report, when one is being made. */
export function tally(trial: string, counted: Counted, count: number): void {
  const file = process.env.TRIALS_TALLY;
  if (file === undefined) return;
  const line: Count = { trial, counted, count };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

/** A generator of fractions in [0, 1) that gives the same row for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

function wholeNumber(name: string, otherwise: number): number {
  const text = process.env[name] ?? "";
  if (text === "") return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} is not a whole number: ${text}`);
  return Number(text);
}
