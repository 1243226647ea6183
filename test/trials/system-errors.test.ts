/**
 * The system answers badly: a call that a command makes of it fails, whichever, with any error that it can have. The
 * command ends in time, with one clear error or as if nothing had been; no file is damaged, and the next run succeeds.
 */
import { expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { watchSecrets } from "../end-to-end/support/canaries.ts";
import type { Ended, Running } from "../end-to-end/support/run.ts";
import { type Scene, withScene } from "../end-to-end/support/scene.ts";
import { tokenFile } from "../end-to-end/support/sign-ins.ts";
import { turns } from "./faults/turns.ts";
import { pick } from "./fuzz/mutate.ts";
import { makeHome } from "./kills/home.ts";
import { openLane } from "./kills/kill.ts";
import type { Killable } from "./kills/killables.ts";
import { commands } from "./system-errors/commands.ts";
import { canFailCalls, failingCall } from "./system-errors/failing-call.ts";
import { errorsOf, pointsIn } from "./system-errors/points.ts";
import { casesOf, chance, patienceOf, repeatable, seedOf, tally, trialSeed } from "./trial.ts";

/** Calls that fail in each command, within `bun run check`. */
const draws = 5;

/** Commands that are tried at the same time: some wait for a retry or a lock. */
const turn = turns(3);

/** Milliseconds in which a command ends: longer than it waits for a lock or retries a request, and not for ever. */
const limit = 25_000;

/** How the command ended; undefined for one that had to be killed. */
async function endOf(running: Running): Promise<Ended | undefined> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    running.kill("SIGKILL");
  }, limit);
  const ended = await running.ended;
  clearTimeout(timer);
  return isLate ? undefined : ended;
}

/** What is wrong with how the command ended. Of `runas` 126 says that the program could not be run. */
function wrongWith(
  ended: Ended | undefined,
  { args: [command] }: Killable,
  secretsIn: (text: string) => string[],
): string | undefined {
  if (ended === undefined) return "it does not end";
  const { status, stdout, stderr } = ended;
  const errors = stderr.split("\n").filter((line) => line.startsWith("aws-login: error: "));
  if (![0, 1, 3, 4, ...(command === "runas" ? [126] : [])].includes(status))
    return `status ${status}: ${stderr}`;
  if (stderr.includes("this is a defect")) return `a defect: ${stderr}`;
  if (errors.length !== (status === 0 ? 0 : 1)) return `status ${status}, ${errors.length} errors: ${stderr}`;
  if (/^(?!aws-login: | {4}|\n|$)/m.test(stderr)) return `words of another form: ${stderr}`;
  // A part of the answer may have been on its way.
  if (status !== 0 && stdout !== "" && !stderr.includes("stdout")) return `an answer with status ${status}`;
  const secrets = secretsIn(stderr);
  return secrets.length > 0 ? `it shows ${secrets.join(", ")}` : undefined;
}

async function play(trial: string, killable: Killable, scene: Scene): Promise<void> {
  const canaries = watchSecrets(scene.standIn);
  await scene.write("work/token.json", tokenFile(scene.standIn.signIn(), 3600));
  const lane = await openLane(scene, killable, await makeHome(scene, "home-0"));
  const log = join(scene.root, "calls");
  const wrong: string[] = [];
  // Of a run in which nothing fails.
  await lane.round([async () => {}], { under: failingCall(scene.root, log) });
  const points = pointsIn(await readFile(log, "utf8"));
  const numbers = casesOf(trial, "faults", draws);
  for (const number of numbers) {
    const draw = chance(seedOf(trial, number));
    const point = pick(points, draw);
    const error = pick(errorsOf(point.call), draw);
    let found: string | undefined;
    try {
      const see = async (running: Running) => {
        found = wrongWith(await endOf(running), killable, canaries.foundIn);
      };
      await lane.round([see], { under: failingCall(scene.root, log, { point, error }), number });
    } catch (thrown) {
      found = `${found ?? ""} ${thrown}`;
    }
    if (found === undefined) continue;
    const line = (await readFile(log, "utf8")).split("\n").find((at) => at.endsWith(" fails"));
    const where = `${error} at ${point.call} ${point.ordinal} (${line})`;
    wrong.push(repeatable(trial, number, `${where}: ${found}`));
  }
  tally(trial, "faults injected", numbers.length);
  expect(wrong).toEqual([]);
}

for (const [name, killable] of Object.entries(commands)) {
  test.concurrent.skipIf(!canFailCalls)(
    `${name}: any call that fails is told or overcome, all is whole, and the next run succeeds (seed ${trialSeed})`,
    () =>
      turn(() =>
        withScene((scene) => play(`system errors: ${name}`, killable, scene), {
          signInSettings: {
            autoApprove: true,
            interval: 0.05,
            refreshTokens: killable.refreshTokens ?? "preserve",
          },
        }),
      ),
    patienceOf("faults", 300_000),
  );
}
