import type { Instant } from "./kills/kill.ts";
import { type Killer, killTests } from "./kills/scenes.ts";
import { chance, runsOf, trialSeed } from "./trial.ts";

/** Homes in which runs are killed at the same time. */
const homes = 4;
/** In each home. Some are over before the blow falls. */
const attempts = 10;

/** Half of them at any time, half when something is being written: that is a small part of the time. */
function instant(draw: () => number, usual: number): Instant {
  return draw() < 0.5
    ? { from: "start", after: draw() * usual }
    : { from: "first temporary", after: draw() * draw() * 4 };
}

const killer: Killer = async (lane, number) => {
  const draw = chance(trialSeed + number);
  let kills = 0;
  for (let left = runsOf(attempts); left > 0; left--) {
    if (await lane.killAt(instant(draw, lane.usual))) kills++;
  }
  return kills;
};

killTests(
  `killed at any time, all is whole, nothing is left behind, and the next run succeeds at once (seed ${trialSeed})`,
  process.platform !== "win32",
  Array.from({ length: homes }, () => killer),
);
