/** Trouble that passes, for every request of a course in one run. */
import { chance } from "../trial.ts";
import type { Asked } from "./asked.ts";
import { expectation } from "./expectation.ts";
import { TROUBLES, type Trouble } from "./injected.ts";
import type { Scenario } from "./scenario.ts";

export interface Stumble {
  readonly asked: Asked;
  readonly sentence: string;
  readonly trouble: Trouble;
}

/** One trouble, now and then two in a row, for each request of the course that can bear it; by chance. */
export function stumbles(scenario: Scenario, seed: number): Stumble[] {
  const random = chance(seed);
  return scenario.asks.flatMap((asked) => {
    const passing = Object.entries(TROUBLES).filter(([, trouble]) => passes(scenario, asked, trouble));
    const count = passing.length === 0 ? 0 : random() < 0.2 ? 2 : 1;
    const drawn = Array.from({ length: count }, () => passing[Math.floor(random() * passing.length)]).flatMap(
      (found) => (found === undefined ? [] : [{ asked, sentence: found[0], trouble: found[1] }]),
    );
    return drawn.filter(({ trouble }, index) => isBorne(asked, trouble, drawn[index - 1]?.trouble));
  });
}

/** A second token request without a response means that there is no instance metadata. */
function isBorne({ kind }: Asked, { nature }: Trouble, before: Trouble | undefined): boolean {
  return kind !== "metadata token" || nature.kind !== "lost" || before?.nature.kind !== "lost";
}

/** Whether one more request is all that comes of it. */
function passes(scenario: Scenario, { kind }: Asked, { nature }: Trouble): boolean {
  if (nature.kind !== "unwell" && nature.kind !== "lost" && nature.kind !== "throttled") return false;
  const expected = expectation({
    ...{ nature, request: kind, forEver: false, attempts: 3 },
    ...{ signedNext: false, hasBefore: false, next: undefined },
    ...{ token: scenario.token, spare: scenario.spare ?? false },
  });
  return expected?.ends.join() === "done" && expected.more === 1;
}
