/** `runas --auto-refresh` of which either process, or both, are killed at any moment. */
import { expect, test } from "bun:test";
import { worldWithShortRoles } from "../end-to-end/support/endpoints.ts";
import { withScene } from "../end-to-end/support/scene.ts";
import { type Blow, killRound, prepare, whatIsNotWhole } from "./kills/endpoint-round.ts";
import { casesOf, chance, patienceOf, repeatable, seedOf, tally, trialSeed } from "./trial.ts";

/** Homes in which runs are killed at the same time. */
const homes = 4;
/** In all homes together. */
const rounds = 24;
/** Milliseconds. The program runs after some 150 of them, and later with others beside it. */
const longest = 500;
/** Seconds that a set lives, and the part of the kills that fall at any time of it, renewals among them. */
const life = 3;
const laterPart = 0.25;

const trial = "kills: runas --auto-refresh and its endpoint";

const victims = ["program", "endpoint", "both"] as const;
const signals = ["SIGKILL", "SIGKILL", "SIGTERM"] as const;

function blowOf(draw: () => number): Blow {
  const pick = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(draw() * list.length)] ?? list[0];
  return {
    victim: pick(victims),
    signal: pick(signals),
    after: draw() * (draw() < laterPart ? 1_000 * life : longest),
  };
}

test.skipIf(process.platform !== "linux")(
  `runas --auto-refresh, killed at any time, leaves no process, no port and no copy of the config (seed ${trialSeed})`,
  async () => {
    let kills = 0;
    const wrong: string[] = [];
    const settings = { world: worldWithShortRoles(life), signInSettings: { accessTokenLife: 8 * 3600 } };
    const home = (number: number) =>
      withScene(async (scene) => {
        await prepare(scene);
        for (const round of casesOf(trial, "kills", rounds).filter((_, index) => index % homes === number)) {
          const blow = blowOf(chance(seedOf(trial, round)));
          const { struck, problems } = await killRound(scene, blow);
          for (const problem of [...problems, ...(await whatIsNotWhole(scene))])
            wrong.push(repeatable(trial, round, `${JSON.stringify(blow)}: ${problem}`));
          kills += struck;
        }
      }, settings);
    await Promise.all(Array.from({ length: homes }, (_, number) => home(number)));
    expect(wrong).toEqual([]);
    expect(kills).toBeGreaterThan(0);
    tally(trial, "kills survived", kills);
  },
  patienceOf("kills", 120_000),
);
