/**
 * Trials: runs whose number can be chosen, such as mutated inputs, injected faults and kills. `bun run check` makes few
 * of them with a seed that never changes; `bun run trials` makes many with a seed of its own.
 *
 * The runs of a trial are cases with numbers. Each case has chance of its own, so that it is the same whatever ran before
 * it, and TRIALS_CASE, "NAME NUMBER", repeats one of them alone.
 */
import { appendFileSync } from "node:fs";
import { basename } from "node:path";
import { formatScales, type Kind, parseScales, USUAL } from "../../scripts/trials/scales.ts";

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

export const trialSeed = wholeNumber("TRIALS_SEED", 20_260_101);

const scales = parseScales(process.env.TRIALS_SCALE ?? "", USUAL);

/** The one case that is repeated. */
const only = process.env.TRIALS_CASE || undefined;

/** The numbers of the cases that a trial makes, from 1, for how many `bun run check` makes. */
export function casesOf(trial: string, kind: Kind, usual: number): readonly number[] {
  if (only === undefined) return Array.from({ length: usual * scales[kind] }, (_, index) => index + 1);
  const [, name, number] = /^(.*) (\d+)$/.exec(only) ?? [];
  if (name === undefined) throw new Error(`TRIALS_CASE is not a trial and a number: ${only}`);
  return name === trial ? [Number(number)] : [];
}

/** Milliseconds that a test may take, for what it may take within `bun run check`. */
export function patienceOf(kind: Kind, usual: number): number {
  return usual * scales[kind];
}

/** The seed of a case. */
export function seedOf(trial: string, number: number): number {
  return Bun.hash.murmur32v3(`${trialSeed} ${trial} ${number}`);
}

/** For the message of a failure: the case, and the command that repeats it. */
export function repeatable(trial: string, number: number, wrong: string): string {
  const file = basename(Bun.main, ".test.ts");
  const scale = formatScales(scales);
  const command = `bun run trials -- --seed ${trialSeed} --scale ${scale} --only ${file} --case '${trial} ${number}'`;
  return `${trial} ${number}: ${wrong}\nagain: ${command}`;
}

/** Acts as a case does; what it throws tells how to repeat the case. */
export async function playCase<T>(trial: string, number: number, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    const wrong = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Error(repeatable(trial, number, wrong), { cause: thrown });
  }
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
