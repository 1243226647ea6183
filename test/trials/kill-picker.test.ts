/** Pickers that are ended at any moment: the terminal is as before, and the files are whole. */
import { expect, test } from "bun:test";
import { withScene } from "../end-to-end/support/scene.ts";
import { type PickerBlow, pickerHome, pickerRound, SIGNALS } from "./kills/picker-round.ts";
import { casesOf, chance, patienceOf, repeatable, seedOf, tally, trialSeed } from "./trial.ts";

const trial = "kills: the picker";
/** Homes in which pickers are ended at the same time. */
const homes = 4;
/** In all homes together. */
const rounds = 48;
/** Milliseconds. The picker is open after some twenty of them, and its listing is brought up to date after some fifty. */
const longest = 160;

const keys = ["\x1b[B", "\x1b[A", "1", "\x7f", "p", "\x15", "\x1b[6~", "\r", "\r"];

function blowOf(draw: () => number): PickerBlow {
  const pick = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(draw() * list.length)] ?? list[0];
  const after = draw() * longest;
  return {
    signal: pick([...SIGNALS, "hang-up"]),
    victims: pick(["program", "group"]),
    after,
    keys: Array.from(
      { length: Math.floor(draw() * 4) },
      () => [pick(["\r", ...keys]), draw() * after] as const,
    ),
  };
}

test.skipIf(process.platform === "win32")(
  `a picker that a signal ends at any time leaves the terminal as it was and whole files (seed ${trialSeed})`,
  () =>
    withScene(async (scene) => {
      let kills = 0;
      const wrong: string[] = [];
      const play = async (number: number) => {
        const home = await pickerHome(scene, `home-${number}`);
        for (const round of casesOf(trial, "kills", rounds).filter((_, index) => index % homes === number)) {
          const blow = blowOf(chance(seedOf(trial, round)));
          const outcome = await pickerRound(scene, home, blow);
          for (const problem of outcome.wrong)
            wrong.push(repeatable(trial, round, `${JSON.stringify(blow)}: ${problem}`));
          if (outcome.struck) kills++;
        }
      };
      await Promise.all(Array.from({ length: homes }, (_, number) => play(number)));
      expect(wrong).toEqual([]);
      expect(kills).toBeGreaterThan(0);
      tally(trial, "kills survived", kills);
    }, {}),
  patienceOf("kills", 120_000),
);
