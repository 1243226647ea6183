/** The released Windows executable under Wine, killed at any moment. */
import type { Running } from "../end-to-end/support/run.ts";
import { tokenFile } from "../end-to-end/support/sign-ins.ts";
import { executablesOf } from "../end-to-end/windows/support/windows-processes.ts";
import { type WindowsScene, windowsScenario } from "../end-to-end/windows/support/windows-scene.ts";
import { windowsPath } from "../end-to-end/windows/support/wine.ts";
import { makeHome } from "./kills/home.ts";
import { openLane } from "./kills/kill.ts";
import { type Killable, killables } from "./kills/killables.ts";
import { casesOf, chance, patienceOf, playCase, seedOf, tally, trialSeed } from "./trial.ts";

/** Of each run that changes files. */
const rounds = 1;
const crowd = 3;
/** Milliseconds in which a run after a killed one must be done: Wine's programs start slowly beside others. */
const atOnce = 20_000;

/** A blow falls on every executable of the scene; resolves to how many there were. */
async function killAll(scene: WindowsScene): Promise<number> {
  const pids = await executablesOf(scene);
  return pids.filter(isStruck).length;
}

function isStruck(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false;
  }
}

async function play(scene: WindowsScene, trial: string, killable: Killable): Promise<void> {
  await scene.write("work/token.json", tokenFile(scene.standIn.signIn(), 3600));
  const home = await makeHome(scene, "home-0", (path, args, env) =>
    scene.start(args, { ...env, WINDOWS_USERPROFILE: windowsPath(path) }),
  );
  const lane = await openLane(scene, killable, home, { atOnce, modes: "ignored" });
  let kills = 0;
  for (const number of casesOf(trial, "kills", rounds)) {
    const draw = chance(seedOf(trial, number));
    const runs = 1 + Math.floor(draw() * crowd);
    const after = draw() * lane.usual;
    const blow = async ({ ended }: Running) => {
      await Promise.race([Bun.sleep(after), ended]);
      kills += await killAll(scene);
    };
    // One blow for all of them: the others wait for their own end.
    const waits = Array.from({ length: runs - 1 }, () => async () => {});
    await playCase(trial, number, async () => lane.round([blow, ...waits], { number }));
  }
  await lane.finish();
  tally(trial, "kills survived", kills);
}

for (const [name, killable] of Object.entries(killables)) {
  windowsScenario(
    `${name}: killed at any time, all is whole, and the next run succeeds at once (seed ${trialSeed})`,
    (scene) => play(scene, `kills, Windows executable: ${name}`, killable),
    {
      signInSettings: {
        autoApprove: true,
        interval: 0.05,
        refreshTokens: killable.refreshTokens ?? "preserve",
      },
      limit: patienceOf("kills", 120_000),
    },
  );
}
