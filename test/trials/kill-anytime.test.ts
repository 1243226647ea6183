import type { Instant } from "./kills/kill.ts";
import { type Killer, killTests } from "./kills/scenes.ts";
import { casesOf, chance, playCase, seedOf, trialSeed } from "./trial.ts";

/** Homes in which runs are killed at the same time. */
const homes = 4;
/** In all homes together. In each round up to `crowd` runs are killed; some are over before the blow falls. */
const rounds = 24;
const crowd = 5;

/** Half of them at any time, half when something is being written: that is a small part of the time. */
function instant(draw: () => number, longest: number): Instant {
  return draw() < 0.5
    ? { from: "start", after: draw() * longest }
    : { from: "first temporary", after: draw() * draw() * 4 };
}

/** Every `homes`-th round from `first` on. */
const killer =
  (trial: string, first: number): Killer =>
  async (lane) => {
    let kills = 0;
    for (const number of casesOf(trial, "kills", rounds).filter((_, index) => index % homes === first)) {
      const draw = chance(seedOf(trial, number));
      const size = 1 + Math.floor(draw() * crowd);
      // Runs at the same time hold each other up.
      const longest = lane.usual * (1 + 0.4 * (size - 1));
      const instants = Array.from({ length: size }, () => instant(draw, longest));
      kills += await playCase(trial, number, () => lane.killAt(instants, number));
    }
    return kills;
  };

killTests({
  kills: "kills",
  sentence: `killed at any time, one or several at once, all is whole, nothing is left behind, and the next run succeeds at once (seed ${trialSeed})`,
  isPossible: process.platform !== "win32",
  killers: (trial) => Array.from({ length: homes }, (_, first) => killer(trial, first)),
});
