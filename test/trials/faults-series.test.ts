/** Commands of which every request meets with trouble that passes. */
import { describe, expect, test } from "bun:test";
import { SCENARIOS } from "./faults/cases.ts";
import { playClean } from "./faults/clean.ts";
import { stumbles } from "./faults/series.ts";
import { turns } from "./faults/turns.ts";
import { playSeries } from "./faults/whole-runs.ts";
import { casesOf, patienceOf, playCase, seedOf, tally } from "./trial.ts";

/** They wait more than they work. */
const turn = turns(8);

/** Milliseconds: each waits for the others as well. */
const timeout = patienceOf("faults", 120_000);

describe.skipIf(process.platform === "win32")("faults", () => {
  for (const scenario of SCENARIOS) {
    test.concurrent(
      `${scenario.name}: whatever passes is overcome, even when nothing goes well at once`,
      async () => {
        const clean = await turn(() => playClean(scenario));
        expect(clean.problems).toEqual([]);
        const trial = `faults in series: ${scenario.name}`;
        const counts = casesOf(trial, "faults", 1).map((number) =>
          playCase(trial, number, async () => {
            const series = stumbles(scenario, seedOf(trial, number));
            expect(await turn(() => playSeries(scenario, series, clean))).toEqual([]);
            return series.length;
          }),
        );
        const count = (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
        tally("faults in series", "faults injected", count);
      },
      timeout,
    );
  }
});
