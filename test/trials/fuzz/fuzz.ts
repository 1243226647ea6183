/** Runs a reader over mutated inputs; a failure's message tells how to repeat it. */
import { expect, test } from "bun:test";
import { Failure } from "../../../src/lib/errors.ts";
import { chance, patienceOf, runsOf, tally, trialSeed } from "../trial.ts";
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
  const { name } = target;
  const play = async () => tally(`fuzz: ${name}`, "inputs tried", await tryAll(target));
  test(`${name}, mutated, are read or refused in plain words`, play, patienceOf(120_000));
}

/** Resolves to the number of inputs; rejects with a message that tells the one at fault. */
export async function tryAll<Input>(target: Target<Input>): Promise<number> {
  const inputs = runsOf(target.inputs);
  let read = 0;
  for (let number = 1; number <= inputs; number++) {
    const input = target.make(chance(seedOf(target.name, number)));
    const outcome = await tryOne(target, input);
    if (outcome.wrong !== undefined) throw new Error(repeatable(target.name, number, input, outcome.wrong));
    if (outcome.isRead) read++;
  }
  expect(read).toBeGreaterThanOrEqual(Math.floor((inputs * target.readable) / 100));
  return inputs;
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

/** Each input has chance of its own, so that it is the same whatever was tried before it. */
export function seedOf(name: string, number: number): number {
  return Bun.hash.murmur32v3(`${trialSeed} ${name} ${number}`);
}

/** The message for an input that something is wrong with. */
export function repeatable(name: string, number: number, input: unknown, wrong: string): string {
  const shown = JSON.stringify(input);
  const scale = process.env.TRIALS_SCALE || "1";
  return [
    `${name}, input ${number}: ${wrong}`,
    shown.length > 1500 ? `${shown.slice(0, 1000)}… (${shown.length} characters)` : shown,
    `again: TRIALS_SEED=${trialSeed} TRIALS_SCALE=${scale} bun test test/trials/fuzz`,
  ].join("\n");
}
