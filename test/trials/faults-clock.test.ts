/** A clock that is an hour off, either way, for every command. */
import { describe, expect, test } from "bun:test";
import { SCENARIOS } from "./faults/cases.ts";
import { playClean } from "./faults/clean.ts";
import { turns } from "./faults/turns.ts";
import { playSkewed } from "./faults/whole-runs.ts";
import { tally } from "./trial.ts";

const turn = turns(2);
const hour = 3_600_000;

/** Milliseconds: each waits for the others as well. */
const timeout = 120_000;

describe.skipIf(process.platform === "win32")("faults", () => {
  for (const scenario of SCENARIOS) {
    test.concurrent(
      `${scenario.name}: a clock that is an hour off is corrected once`,
      async () => {
        const clean = await turn(() => playClean(scenario));
        expect(clean.problems).toEqual([]);
        const found = [hour, -hour].map((ahead) => turn(() => playSkewed(scenario, ahead, clean)));
        tally("faults in clocks", "faults injected", found.length);
        expect((await Promise.all(found)).flat()).toEqual([]);
      },
      timeout,
    );
  }
});
