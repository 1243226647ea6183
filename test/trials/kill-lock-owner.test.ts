import { expect, test } from "bun:test";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { ANA } from "../end-to-end/support/identities.ts";
import type { Environment, Running } from "../end-to-end/support/run.ts";
import { type Scene, withScene } from "../end-to-end/support/scene.ts";
import { config, sessionToken, tokenFile } from "../end-to-end/support/sign-ins.ts";
import { until } from "../end-to-end/support/until.ts";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { casesOf, chance, patienceOf, playCase, seedOf, tally, trialSeed } from "./trial.ts";

const processes = 5;
/** So many of them are killed while they have the lock, one after the other. */
const killed = 3;
const rounds = 3;
/** Milliseconds in which another one goes on. */
const atOnce = 5000;

const helper = ["dumpcreds", "--credential-helper"];
interface Flight {
  readonly args: readonly string[];
  readonly env: Environment;
  /** What the one that has the lock asks for. */
  readonly action: string;
  prepare(scene: Scene): Promise<void>;
}
const flights: Record<string, Flight> = {
  "credentials that are to be got": {
    args: [...helper, "--use-cache", "--assume-roles", SAMPLE_ROLES.jump],
    env: ANA,
    action: "AssumeRole",
    prepare: async () => {},
  },
  "a token of the AWS CLI's that is to be renewed": {
    args: [...helper, "--profile", "s"],
    env: {},
    action: "CreateToken",
    prepare: async (scene) => {
      await scene.write("home/.aws/config", config);
      await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), -60));
    },
  },
};

/** The processes that have a lock on a file of the folder, as the kernel tells it. */
async function lockOwners(folder: string): Promise<number[]> {
  // A process that waits makes a probe file beside the locks, and takes it away again.
  const names = (await readdir(folder)).filter((name) => !name.endsWith(".tmp"));
  const files = await Promise.all(names.map(async (name) => stat(join(folder, name))));
  const inodes = files.map(({ ino }) => String(ino));
  // 1: POSIX  ADVISORY  WRITE 4711 fe:00:1234567 1073741825 1073741825
  const lines = (await readFile("/proc/locks", "utf8")).split("\n").map((line) => line.trim().split(/\s+/));
  return lines
    .filter(([, , , kind, , file = ""]) => kind === "WRITE" && inodes.includes(file.split(":")[2] ?? ""))
    .map(([, , , , id]) => Number(id));
}

async function killOwners(scene: Scene, flight: Flight, draw: () => number): Promise<void> {
  const { requests } = scene.standIn;
  const asked = () => requests.filter(({ action }) => action === flight.action).length;
  scene.standIn.fault({ match: { action: flight.action }, times: killed, delay: 60_000 });
  await flight.prepare(scene);
  let waiting: Running[] = Array.from({ length: processes }, () => scene.start(flight.args, flight.env));
  for (let kills = 0; kills < killed; kills++) {
    const began = performance.now();
    await until(async () => asked() > kills || undefined);
    if (kills > 0) expect(performance.now() - began).toBeLessThan(atOnce);
    const [owner, ...more] = await lockOwners(join(scene.home, ".aws-login/locks"));
    const victim = waiting.find(({ pid }) => pid === owner);
    expect([victim?.pid, more]).toEqual([owner, []]);
    await Bun.sleep(draw() * 50);
    victim?.kill("SIGKILL");
    expect(await victim?.ended).toMatchObject({ status: 137, stdout: "" });
    waiting = waiting.filter((running) => running !== victim);
  }
  const ended = await Promise.all(waiting.map((running) => running.ended));
  expect(ended.map(({ status, stderr }) => `${status} ${stderr}`)).toEqual(waiting.map(() => "0 "));
  expect(asked()).toBe(killed + 1);
}

const canTell = process.platform === "linux" && (await Bun.file("/proc/locks").exists());
for (const [name, flight] of Object.entries(flights)) {
  test.skipIf(!canTell)(
    `${name}: when the one that has the lock is killed, again and again, another goes on at once (seed ${trialSeed})`,
    async () => {
      const trial = `kills of the lock's owner: ${name}`;
      const numbers = casesOf(trial, "kills", rounds);
      for (const number of numbers) {
        const draw = chance(seedOf(trial, number));
        const play = (scene: Scene) => killOwners(scene, flight, draw);
        const options = { signInSettings: { refreshTokens: "preserve" } } as const;
        await playCase(trial, number, () => withScene(play, options));
      }
      tally(trial, "kills survived", numbers.length * killed);
    },
    patienceOf("kills", 60_000),
  );
}
