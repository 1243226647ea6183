/**
 * Whose credentials are these? Between two runs one thing changes that may lead to another identity, in every way in which
 * people and programs change it; time passes, and this machine's clock goes wrong. With the cache, a run gets the identity
 * that it gets without one, valid by AWS's clock, and the same end.
 */
import { expect } from "bun:test";
import { join } from "node:path";
import type { Ended, Environment } from "../end-to-end/support/run.ts";
import { type Scene, scenario } from "../end-to-end/support/scene.ts";
import { type Chance, pick } from "./fuzz/mutate.ts";
import { canMoveClock, clockAhead } from "./identities/clock.ts";
import { replace } from "./identities/replace.ts";
import { type Universe, universe, world } from "./identities/universe.ts";
import { casesOf, chance, playCase, seedOf, tally, trialSeed } from "./trial.ts";

/** Seconds: longer than passes in a scene. */
const week = 7 * 86_400;

/** Changes in one scene: it must be over in the time of a scenario. */
const changes = 30;
const scenes = 3;
const trial = "whose credentials";

const KINDS = [
  ...(["files", "files", "files", "variables", "options", "options"] as const),
  ...(["machines", "clocks", "time"] as const),
];

/** What holds now. */
interface State {
  readonly variables: Map<string, string | undefined>;
  readonly options: Map<string, string | undefined>;
  /** Seconds that have passed, for this machine and for AWS. */
  passed: number;
  /** Seconds by which this machine's clock is ahead of AWS's. */
  ahead: number;
}

/** Changes one thing, or begins with another profile, and returns what. */
async function change(all: Universe, state: State, scene: Scene, random: Chance): Promise<string> {
  // Most combinations of everything fail, and failures are all alike.
  if (random() < 0.25) {
    const profile = pick(["chain", "sso", "web", "machine", "helped"], random);
    state.variables.clear();
    state.options.clear();
    state.options.set("--profile", profile);
    return `a fresh command line with ${profile}`;
  }
  const kind = pick(KINDS, random);
  if (kind === "machines") return changeMachine(all, scene, random);
  if (kind === "clocks") {
    state.ahead = canMoveClock ? pick(all.clocks, random) : 0;
    return `the clock ${state.ahead} seconds ahead`;
  }
  if (kind === "time") return letPass(state, scene, random);
  const name = pick(Object.keys(all[kind]), random);
  const values = all[kind][name] ?? [];
  const value = values[Math.floor(random() * values.length)];
  if (kind !== "files") {
    state[kind].set(name, value);
    return `${name} ${value ?? "left out"}`;
  }
  return `${name}: ${await replace(join(scene.root, name), value, random)}`;
}

/** Credentials live for an hour or less, those of a machine for six. */
function letPass(state: State, { standIn }: Scene, random: Chance): string {
  const seconds = canMoveClock ? pick([600, 3_000, 7_200], random) : 0;
  state.passed += seconds;
  standIn.moveClock(seconds * 1000);
  return `${seconds} seconds later`;
}

function changeMachine({ machines }: Universe, { standIn }: Scene, random: Chance): string {
  const machine = pick(machines, random);
  Object.assign(standIn.world, { instance: machine, instanceSession: undefined });
  return `another machine, with ${machine.role ?? "no role"}`;
}

/** Who one is with these credentials, or the exit status; and what is wrong with their end. */
function identityOf({ status, stdout }: Ended, { standIn }: Scene): string {
  if (status !== 0) return `status ${status}`;
  const { AccessKeyId, Expiration } = JSON.parse(stdout);
  const session = standIn.world.session(AccessKeyId);
  if (session === undefined) return `an unknown key ${AccessKeyId}`;
  const { arn, expiration } = session;
  if (expiration === undefined) return arn;
  if (expiration <= standIn.world.now()) return `${arn}, which has ended`;
  return Math.abs(Date.parse(Expiration) - expiration) <= 1000 ? arn : `${arn}, which ends at another time`;
}

async function play(scene: Scene, number: number): Promise<void> {
  const random = chance(seedOf(trial, number));
  const all = universe(scene);
  const state: State = {
    variables: new Map(),
    options: new Map([["--profile", "chain"]]),
    ...{ passed: 0, ahead: 0 },
  };
  for (const [name, [text]] of Object.entries(all.files)) await replace(join(scene.root, name), text, random);
  const seen = new Set<string>();
  const told: string[] = [];
  for (let count = 0; count < changes; count++) {
    told.push(await change(all, state, scene, random));
    const env: Environment = {
      ...all.env,
      ...Object.fromEntries(state.variables),
      ...clockAhead(state.passed + state.ahead),
    };
    const options = [...state.options].flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
    const run = (...more: string[]) =>
      scene.run(["dumpcreds", "--credential-helper", ...options, ...more], env);
    const identities: string[] = [];
    for (const more of [["--use-cache"], ["--use-cache"], []]) {
      identities.push(identityOf(await run(...more), scene));
    }
    const [first, second, expected] = identities;
    const where = `scene ${number}, seed ${trialSeed}, after: ${told.slice(-3).join("; ")}: ${options.join(" ")}`;
    expect({ where, first, second }).toEqual({ where, first: expected, second: expected });
    if (expected !== undefined) seen.add(expected);
  }
  // Identities that never differ prove nothing.
  expect(seen.size).toBeGreaterThan(1);
  tally(trial, "inputs tried", changes);
}

for (const number of casesOf(trial, "runs", scenes)) {
  scenario(
    `with the cache every run has the identity that it has without it (scene ${number}, seed ${trialSeed})`,
    (scene) => playCase(trial, number, () => play(scene, number)),
    { world, signInSettings: { accessTokenLife: week, signInLife: week } },
  );
}
