/** The executable over mutated inputs: how it ends, and what it writes. */

import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { helpText } from "../../../src/cli/overview.ts";
import { type Canaries, watchSecrets } from "../../end-to-end/support/canaries.ts";
import type { Ended, Environment } from "../../end-to-end/support/run.ts";
import { type Scene, type SceneOptions, scenario } from "../../end-to-end/support/scene.ts";
import type { Fault } from "../../stand-in/faults.ts";
import { casesOf, chance, seedOf, tally } from "../trial.ts";
import { wrongInput } from "./fuzz.ts";
import { wrongLines } from "./judge.ts";
import type { Chance } from "./mutate.ts";

/** One run: its command line, and what it finds. */
export interface ProgramInput {
  readonly args: readonly string[];
  readonly env?: Environment;
  /** Texts by path below HOME, which has nothing else in it. */
  readonly files?: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
  /** What is wrong with the whole of stdout of a run with exit status 0. */
  readonly wrongOutput?: (stdout: string) => string | undefined;
}

export interface ProgramTrial<Prepared> {
  readonly name: string;
  /** How many runs `bun run check` makes. */
  readonly inputs: number;
  readonly options?: SceneOptions;
  /** What stderr must not show besides the stand-in's secrets, by what it is. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Puts into HOME what all inputs of a scene have in common; it is taken away before the first. */
  prepare(scene: Scene): Promise<Prepared>;
  make(random: Chance, prepared: Prepared, number: number): ProgramInput;
  /** Whether the inputs are run at once: they must have nothing in common then. Default: one after the other. */
  readonly atOnce?: boolean;
}

/** As it is; it gives the type of what is prepared a name. */
export function programTrial<Prepared>(trial: ProgramTrial<Prepared>): ProgramTrial<Prepared> {
  return trial;
}

/** Which executable is run. */
export interface Program {
  /** What the name of the trial begins with. */
  readonly title: string;
  readonly scenario: typeof scenario;
}

const thisMachines: Program = { title: "fuzz, executable", scenario };

/** So few that a scene is over long before its time is, on a machine with other work as well. */
export const perScene = 20;

/** Milliseconds. */
const longestRun = 10_000;

/** Those of every command but `runas`, whose child's status is its own. */
const statuses: readonly number[] = [0, 1, 2, 3, 4];

/** Words of a defect, or of the runtime. */
const defect =
  /\bunexpected: |\$bunfs|\b\w*(?:Type|Range|Syntax|Reference)Error\b|\bpanic\b|^ +at |\/src\/\w/m;

/** The tests of a trial: a scene for each `perScene` of its runs. */
export function fuzzProgram<Prepared>(made: ProgramTrial<Prepared>, program = thisMachines): void {
  const trial = { ...made, name: `${program.title}: ${made.name}` };
  const all = casesOf(trial.name, "runs", trial.inputs);
  for (let first = 0; first < all.length; first += perScene) {
    const numbers = all.slice(first, first + perScene);
    const range = `${numbers[0]} to ${numbers.at(-1)}`;
    const title = `${made.name}, mutated, end every run in plain words (${range})`;
    program.scenario(title, (scene) => playAll(trial, numbers, scene), trial.options);
  }
}

async function playAll<Prepared>(
  trial: ProgramTrial<Prepared>,
  numbers: readonly number[],
  scene: Scene,
): Promise<void> {
  const canaries = watchSecrets(scene.standIn, trial.secrets);
  const prepared = await trial.prepare(scene);
  const playNumber = async (number: number) => {
    const input = trial.make(chance(seedOf(trial.name, number)), prepared, number);
    const wrong = wrongEnd(await play(input, scene), input, canaries);
    if (wrong !== undefined) {
      const { args, env, files, faults } = input;
      throw new Error(wrongInput(trial.name, number, { args, env, files, faults }, wrong));
    }
  };
  if (trial.atOnce) {
    await Promise.all(numbers.map(playNumber));
  } else {
    for (const number of numbers) {
      await rm(scene.home, { recursive: true, force: true });
      await mkdir(scene.home, { mode: 0o700 });
      await playNumber(number);
      scene.standIn.reset();
    }
  }
  tally(trial.name, "inputs tried", numbers.length);
}

/** Undefined when it did not end. */
async function play(input: ProgramInput, scene: Scene): Promise<Ended | undefined> {
  const { args, env = {}, files = {}, faults = [] } = input;
  for (const [path, text] of Object.entries(files)) await scene.write(join("home", path), text);
  for (const fault of faults) scene.standIn.fault(fault);
  const running = scene.start(args, {
    // Whatever a setting leads to, it leads to the stand-in.
    HTTP_PROXY: scene.standIn.proxyUrl,
    AWS_MAX_ATTEMPTS: "1",
    // Opens nothing.
    BROWSER: "false",
    ...env,
  });
  const timer = Promise.withResolvers<undefined>();
  const alarm = setTimeout(() => timer.resolve(undefined), longestRun);
  const ended = await Promise.race([running.ended, timer.promise]);
  clearTimeout(alarm);
  if (ended === undefined) running.kill("SIGKILL");
  return ended;
}

function wrongEnd(ended: Ended | undefined, input: ProgramInput, canaries: Canaries): string | undefined {
  if (ended === undefined) return `it runs for more than ${longestRun} ms`;
  const { status, stdout, stderr } = ended;
  if (!statuses.includes(status)) return `it ends with status ${status}: ${stderr}`;
  if (defect.test(stderr)) return `it says what only a defect says: ${stderr}`;
  // Without a command the help follows the error.
  const lines = stderr.replace(helpText(), "").split("\n").slice(0, -1);
  if (stderr !== "" && !stderr.endsWith("\n")) return `the last line of stderr has no end: ${stderr}`;
  // Warnings and lines of --verbose have other labels, and are judged by the rest alone.
  const wrong = wrongLines(
    lines.map((line) => line.replace(/^aws-login: (?!error: |hint: )/, "aws-login: note: ")),
  );
  if (wrong !== undefined) return wrong;
  const [secret] = canaries.foundIn(stderr);
  if (secret !== undefined) return `stderr shows the ${secret}`;
  if (status === 0) return input.wrongOutput?.(stdout);
  if (stdout !== "") return `it fails, and stdout is not empty: ${stdout}`;
  return lines.some((line) => line.startsWith("aws-login: error: "))
    ? undefined
    : `no error is told: ${stderr}`;
}

/** For outputs that are JSON with these members, all text. */
export function wrongJson(members: readonly string[]): (stdout: string) => string | undefined {
  return (stdout) => {
    if (!stdout.endsWith("\n")) return `stdout is not whole: ${stdout}`;
    const document: unknown = JSON.parse(stdout);
    if (typeof document !== "object" || document === null) return `stdout is no object: ${stdout}`;
    const values = new Map<string, unknown>(Object.entries(document));
    const missing = members.find((name) => typeof values.get(name) !== "string" || values.get(name) === "");
    return missing === undefined ? undefined : `stdout lacks ${missing}: ${stdout}`;
  };
}

/** For the answer to `credential_process`. */
export const wrongHelperAnswer = wrongJson(["AccessKeyId", "SecretAccessKey"]);

/** For the answer of `getcallerid`. */
export const wrongCaller = wrongJson(["UserId", "Account", "Arn"]);
