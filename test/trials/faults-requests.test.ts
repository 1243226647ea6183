/** Trouble of every kind for every request of every command. */
import { describe, expect, test } from "bun:test";
import { allCases, chosenCases, facetsOf, requestTrial, SCENARIOS } from "./faults/cases.ts";
import { playClean } from "./faults/clean.ts";
import { play } from "./faults/play.ts";
import { turns } from "./faults/turns.ts";
import { patienceOf, repeatable, tally } from "./trial.ts";

/** Most commands wait for their next attempt at any time, so that more than there are cores may run. */
const turn = turns(8);

const chosen = chosenCases();

/** Milliseconds: a course waits for the others as well. */
const timeout = patienceOf("faults", 300_000);

test.skipIf(chosen.length === 1)(
  "chosenCases() has every request of every course, and every trouble, passing and lasting",
  () => {
    const tried = new Set(chosen.flatMap(({ made }) => facetsOf(made)));
    expect(tried).toEqual(new Set(allCases().flatMap(facetsOf)));
    expect(SCENARIOS.flatMap(({ asks }) => asks).length).toBeGreaterThan(45);
  },
);

describe.skipIf(process.platform === "win32")("faults", () => {
  for (const scenario of SCENARIOS) {
    const cases = chosen.filter(({ made }) => made.scenario === scenario);
    if (cases.length === 0) continue;
    test.concurrent(
      `${scenario.name}: trouble is told or overcome, and nothing is left half done`,
      async () => {
        const clean = await turn(() => playClean(scenario));
        expect(clean.problems).toEqual([]);
        const found = await Promise.all(
          cases.map(async ({ number, made }) => {
            const wrong = await turn(() => play(made, clean));
            return wrong.map((line) => repeatable(requestTrial, number, line));
          }),
        );
        tally(requestTrial, "faults injected", cases.length);
        expect(found.flat()).toEqual([]);
      },
      timeout,
    );
  }
});
