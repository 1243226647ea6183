/** Trouble of every kind for every request of every command. */
import { describe, expect, test } from "bun:test";
import { allCases, chosenCases, facetsOf, SCENARIOS } from "./faults/cases.ts";
import { playClean } from "./faults/clean.ts";
import { play } from "./faults/play.ts";
import { turns } from "./faults/turns.ts";
import { patienceOf, tally, trialSeed } from "./trial.ts";

/** Most commands wait for their next attempt at any time, so that more than there are cores may run. */
const turn = turns(4);

const all = allCases();
const chosen = chosenCases(all);

/** Milliseconds: a course waits for the others as well. */
const timeout = patienceOf(300_000);

test("chosenCases() has every request of every course, and every trouble, passing and lasting", () => {
  expect(new Set(chosen.flatMap(facetsOf))).toEqual(new Set(all.flatMap(facetsOf)));
  expect(SCENARIOS.flatMap(({ asks }) => asks).length).toBeGreaterThan(45);
});

describe.skipIf(process.platform === "win32")("faults", () => {
  for (const scenario of SCENARIOS) {
    const cases = chosen.filter((made) => made.scenario === scenario);
    test.concurrent(
      `${scenario.name}: trouble is told or overcome, and nothing is left half done`,
      async () => {
        const clean = await turn(() => playClean(scenario));
        expect(clean.problems).toEqual([]);
        const found = await Promise.all(cases.map((made) => turn(() => play(made, clean))));
        tally("faults in requests", "faults injected", cases.length);
        expect({ seed: trialSeed, wrong: found.flat() }).toEqual({ seed: trialSeed, wrong: [] });
      },
      timeout,
    );
  }
});
