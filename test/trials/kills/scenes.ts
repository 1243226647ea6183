/** The scene in which runs are killed, and the homes in it. */
import { expect, test } from "bun:test";
import { type Scene, withScene } from "../../end-to-end/support/scene.ts";
import { tokenFile } from "../../end-to-end/support/sign-ins.ts";
import { patienceOf, tally } from "../trial.ts";
import { type Lane, openLane } from "./kill.ts";
import { type Killable, killables } from "./killables.ts";

/** Kills runs in a home, and answers how many of them it did kill. `number` tells the homes of a scene apart. */
export type Killer = (lane: Lane, number: number) => Promise<number>;

/** A test for each killable: as many homes at the same time as there are killers. */
export function killTests(sentence: string, isPossible: boolean, killers: readonly Killer[]): void {
  for (const [name, killable] of Object.entries(killables)) {
    test.skipIf(!isPossible)(
      `${name}: ${sentence}`,
      () =>
        withScene((scene) => play(`kills: ${name}`, killable, killers, scene), {
          signInSettings: {
            autoApprove: true,
            interval: 0.05,
            refreshTokens: killable.refreshTokens ?? "preserve",
          },
        }),
      patienceOf(60_000),
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
      const lane = await openLane(scene, killable, `home-${number}`);
      const count = await killer(lane, number);
      await lane.finish();
      return count;
    }),
  );
  const kills = counts.reduce((sum, count) => sum + count, 0);
  expect(kills).toBeGreaterThan(0);
  tally(trial, "kills survived", kills);
}
