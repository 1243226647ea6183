/** Commands of which every request meets with trouble that passes. */
import { describe, expect, test } from "bun:test";
import { SCENARIOS } from "./faults/cases.ts";
import { playClean } from "./faults/clean.ts";
import { stumbles } from "./faults/series.ts";
import { turns } from "./faults/turns.ts";
import { playSeries } from "./faults/whole-runs.ts";
import { patienceOf, runsOf, tally, trialSeed } from "./trial.ts";

/** They wait more than they work. */
const turn = turns(4);

/** Milliseconds: each waits for the others as well. */
const timeout = patienceOf(120_000);

describe.skipIf(process.platform === "win32")("faults", () => {
  for (const scenario of SCENARIOS) {
    test.concurrent(
      `${scenario.name}: whatever passes is overcome, even when nothing goes well at once`,
      async () => {
        const clean = await turn(() => playClean(scenario));
        expect(clean.problems).toEqual([]);
        const all = Array.from({ length: runsOf(1) }, (_, number) => stumbles(scenario, number));
        const found = all.map((series) => turn(() => playSeries(scenario, series, clean)));
        const wrong = (await Promise.all(found)).flat();
        tally("faults in series", "faults injected", all.flat().length);
        expect({ seed: trialSeed, wrong }).toEqual({ seed: trialSeed, wrong: [] });
      },
      timeout,
    );
  }
});
