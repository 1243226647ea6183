/** The scene in which runs are killed, and the homes in it. */
import { expect, test } from "bun:test";
import { type Scene, withScene } from "../../end-to-end/support/scene.ts";
import { tokenFile } from "../../end-to-end/support/sign-ins.ts";
import { SAMPLE_WORLD } from "../../stand-in/sample-world.ts";
import { patienceOf, tally } from "../trial.ts";
import { makeHome } from "./home.ts";
import { type Lane, openLane } from "./kill.ts";
import { type Killable, killables } from "./killables.ts";
import { nameKillables } from "./killables-names.ts";
import { sourceKillables } from "./killables-sources.ts";

/** Kills runs in a home, and resolves to how many of them it did kill. */
export type Killer = (lane: Lane) => Promise<number>;

/**
 * Milliseconds: a sign-in with console credentials takes 5,000, on a machine with other work many times as long. Whether a
 * run hangs is seen much earlier, by the run after a killed one.
 */
const patience = 300_000;

/** A trial of each killable, whose name in the report is `kills` and its own. */
export interface KillTrial {
  readonly kills: string;
  /** Of the name of the tests. */
  readonly sentence: string;
  readonly isPossible: boolean;
  /** One for each of the homes in which runs are killed at the same time. */
  killers(trial: string): readonly Killer[];
}

export function killTests({ kills, sentence, isPossible, killers }: KillTrial): void {
  for (const [name, killable] of Object.entries({ ...killables, ...nameKillables, ...sourceKillables })) {
    const trial = `${kills}: ${name}`;
    test.skipIf(!isPossible)(
      `${name}: ${sentence}`,
      () =>
        withScene((scene) => play(trial, killable, killers(trial), scene), {
          world: killable.world ?? SAMPLE_WORLD,
          signInSettings: {
            autoApprove: true,
            interval: 0.05,
            refreshTokens: killable.refreshTokens ?? "preserve",
          },
        }),
      patienceOf("kills", patience),
    );
  }
}

async function play(
  trial: string,
  killable: Killable,
  killers: readonly Killer[],
  scene: Scene,
): Promise<void> {
  await scene.write("work/token.json", tokenFile(scene.standIn.signIn(), 3600));
  const counts = await Promise.all(
    killers.map(async (killer, number) => {
      const lane = await openLane(scene, killable, await makeHome(scene, `home-${number}`));
      const count = await killer(lane);
      await lane.finish();
      return count;
    }),
  );
  const kills = counts.reduce((sum, count) => sum + count, 0);
  expect(kills).toBeGreaterThan(0);
  tally(trial, "kills survived", kills);
}
