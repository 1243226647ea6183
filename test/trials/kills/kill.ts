/** Kills runs and looks at what they leave. */
import { expect } from "bun:test";
import type { Running } from "../../end-to-end/support/run.ts";
import type { Scene } from "../../end-to-end/support/scene.ts";
import { flaw } from "./flaw.ts";
import { type Home, isTemporary } from "./home.ts";
import type { Killable } from "./killables.ts";

/** When a run is killed: after so many milliseconds, counted from its start or from the first temporary file. */
export interface Instant {
  readonly from: "start" | "first temporary";
  readonly after: number;
}

export interface LaneOptions {
  /**
   * Milliseconds in which a run after a killed one must be done, besides what it takes on a machine with other work: a lock
   * that stays would hold it up for ten seconds and longer.
   */
  readonly atOnce?: number;
  /** Windows has no permission bits. */
  readonly modes?: "checked" | "ignored";
}

/** Sees to the end of a run. */
export type Kill = (running: Running) => Promise<void>;

export interface RoundOptions {
  /** A program that runs the executable, with its arguments. */
  readonly under?: readonly string[];
  /** Tells the round from others to what arranges the home; default: the number of rounds before it. */
  readonly number?: number;
}

export interface Lane {
  readonly home: Home;
  /** Milliseconds that the run takes when it is not killed. */
  readonly usual: number;
  /**
   * Starts a run for each of `kills` at the same time, lets that see to its end, and looks at every file all the while;
   * then the next run must succeed at once. Resolves to the number of runs that were killed.
   */
  round(kills: readonly Kill[], more?: RoundOptions): Promise<number>;
  /** Kills runs, each at an instant of its own. `number` tells rounds apart. */
  killAt(instants: readonly Instant[], number: number): Promise<number>;
  /** What killed runs left is gone after a run that comes later. */
  finish(): Promise<void>;
}

/** Milliseconds: less than the shortest wait for a lock, which is that for credentials. */
const heldUp = 9500;

/** A home with the run's first success behind it. */
export async function openLane(
  scene: Scene,
  killable: Killable,
  home: Home,
  { atOnce = 5000, modes = "checked" }: LaneOptions = {},
): Promise<Lane> {
  const { args, next = args, env = {} } = killable;
  const configs = new Set<string>();
  let rounds = 0;
  let usual = 0;

  const note = () => {
    const config = home.files().get(".aws/config");
    if (config !== undefined) configs.add(config.text);
  };
  const look = () => {
    const files = home.files();
    const flaws = [...files].map(([path, file]) => flaw(path, file, configs, modes));
    expect(flaws.filter((found) => found !== undefined)).toEqual([]);
    return files;
  };
  const nextRun = async () => {
    const began = performance.now();
    await killable.check(await home.run(next, env), home);
    expect(performance.now() - began).toBeLessThan(Math.max(atOnce, Math.min(atOnce + 4 * usual, heldUp)));
  };

  const lane: Lane = {
    home,
    usual: 0,
    async round(kills, { under, number } = {}) {
      await killable.arrange?.(home, number ?? rounds++, scene);
      const runs = kills.map((kill) => ({ kill, running: home.start(args, env, under) }));
      let isOver = false;
      const over = Promise.all(runs.map(({ running }) => running.ended)).then(() => {
        isOver = true;
      });
      const looking = (async () => {
        for (; !isOver; await Bun.sleep(4)) look();
      })();
      await Promise.all([...runs.map(({ kill, running }) => kill(running)), over, looking]);
      look();
      await nextRun();
      look();
      const signals = await Promise.all(runs.map(({ running }) => running.endedBy));
      return signals.filter((signal) => signal === "SIGKILL").length;
    },
    killAt: (instants, number) =>
      lane.round(
        instants.map(({ from, after }) => async (running) => {
          if (from === "first temporary") await firstTemporary(home, running);
          await Promise.race([Bun.sleep(after), running.ended]);
          running.kill("SIGKILL");
        }),
        { number },
      ),
    async finish() {
      await home.ageTemporaries();
      // So that a client is registered, and its file written, once more.
      await home.remove(".aws-login/clients");
      await killable.arrange?.(home, 1, scene);
      await killable.check(await home.run(args, env), home);
      expect([...look().keys()].filter(isTemporary)).toEqual([]);
    },
  };

  await killable.prepare(home, scene);
  note();
  await killable.arrange?.(home, 1, scene);
  const began = performance.now();
  await killable.check(await home.run(args, env), home);
  usual = performance.now() - began;
  note();
  return { ...lane, usual };
}

/** Resolves when there is a new temporary file, or the run is over. */
async function firstTemporary(home: Home, running: Running): Promise<void> {
  const before = home.temporaries().length;
  let isOver = false;
  const over = running.ended.then(() => {
    isOver = true;
  });
  while (!isOver && home.temporaries().length === before) await Promise.race([Bun.sleep(1), over]);
}
