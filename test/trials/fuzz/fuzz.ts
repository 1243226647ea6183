/** Runs a reader over mutated inputs; a failure's message tells how to repeat it. */
import { expect, test } from "bun:test";
import { Failure } from "../../../src/lib/errors.ts";
import { casesOf, chance, patienceOf, repeatable, seedOf, tally } from "../trial.ts";
import { wrongThrown } from "./judge.ts";
import { type Chance, mutated } from "./mutate.ts";

export interface Target<Input> {
  /** What is read, for the test's name and the report. */
  readonly name: string;
  /** How many inputs `bun run check` tries. */
  readonly inputs: number;
  /** How many of a hundred inputs must be read without a Failure, so that a trial of nothing is noticed. */
  readonly readable: number;
  make(random: Chance): Input;
  /** Reads it. Throws a Failure, or an Error that says which promise is broken. */
  read(input: Input): unknown;
}

/** A target whose inputs are texts like these. */
export function textTarget(
  target: Omit<Target<string>, "make"> & { readonly samples: readonly string[] },
): Target<string> {
  return { ...target, make: (random) => mutated(target.samples, random) };
}

/** Milliseconds of work that one input may cost: what costs more grows by more than the input does. */
const timeout = 1000;

/** The test of a target. */
export function fuzz<Input>(target: Target<Input>): void {
  const trial = fuzzTrial(target.name);
  const play = async () => tally(trial, "inputs tried", await tryAll(target));
  test(`${target.name}, mutated, are read or refused in plain words`, play, patienceOf("inputs", 120_000));
}

/** Resolves to the number of inputs; rejects with a message that tells the one at fault. */
export async function tryAll<Input>(target: Target<Input>): Promise<number> {
  const trial = fuzzTrial(target.name);
  const numbers = casesOf(trial, "inputs", target.inputs);
  let read = 0;
  for (const number of numbers) {
    const input = target.make(chance(seedOf(trial, number)));
    const outcome = await tryOne(target, input);
    if (outcome.wrong !== undefined) throw new Error(wrongInput(trial, number, input, outcome.wrong));
    if (outcome.isRead) read++;
  }
  if (numbers.length > 1) {
    expect(read).toBeGreaterThanOrEqual(Math.floor((numbers.length * target.readable) / 100));
  }
  return numbers.length;
}

interface Outcome {
  readonly isRead: boolean;
  readonly wrong: string | undefined;
}

async function tryOne<Input>(target: Target<Input>, input: Input): Promise<Outcome> {
  let outcome = await timed(target, input);
  // The runtime's own work, such as collecting garbage, does not fall on the same input three times in a row.
  for (let again = 0; again < 2 && outcome.milliseconds > timeout; again++)
    outcome = await timed(target, input);
  const { isRead, wrong, milliseconds } = outcome;
  return { isRead, wrong: wrong ?? (milliseconds > timeout ? `it takes ${milliseconds} ms` : undefined) };
}

async function timed<Input>(
  target: Target<Input>,
  input: Input,
): Promise<Outcome & { readonly milliseconds: number }> {
  const began = process.cpuUsage();
  const milliseconds = () => {
    const { user, system } = process.cpuUsage(began);
    return Math.round((user + system) / 1000);
  };
  try {
    await target.read(input);
    return { isRead: true, wrong: undefined, milliseconds: milliseconds() };
  } catch (error) {
    const took = milliseconds();
    return { isRead: !(error instanceof Failure), wrong: wrongThrown(error), milliseconds: took };
  }
}

/** The name of the trial, in the report and for a case that is repeated. */
export function fuzzTrial(name: string): string {
  return `fuzz: ${name}`;
}

/** The message for an input that something is wrong with. */
export function wrongInput(trial: string, number: number, input: unknown, wrong: string): string {
  const shown = JSON.stringify(input);
  const short = shown.length > 1500 ? `${shown.slice(0, 1000)}… (${shown.length} characters)` : shown;
  return repeatable(trial, number, `${wrong}\n${short}`);
}
