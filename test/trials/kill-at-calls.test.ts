import type { Lane } from "./kills/kill.ts";
import { type Killer, killTests } from "./kills/scenes.ts";
import { casesOf, chance, playCase, seedOf, trialSeed } from "./trial.ts";

/** The calls of the system that change files, by all the names that they have on one machine or another. */
const changes = [
  "mkdir",
  "chmod",
  "fchmod",
  "fsync",
  "rename",
  "renameat",
  "renameat2",
  "unlink",
  "unlinkat",
];
const changing = [...changes, "mkdirat", "fchmodat", "copy_file_range", "sendfile"].map((call) => `?${call}`);
/** Calls that are made for other purposes too, so often that some of them must do. */
const frequent = ["openat", "write"];
const draws = 6;
/** The last of them that one thread of the program makes, or a little later. */
const lastFrequent = 60;

/** A tracer that kills the program as one of its threads makes any of the calls for the n-th time. */
function tracer(calls: readonly string[], count: number): string[] {
  const set = calls.join(",");
  return [
    ...["strace", "-f", "-qq", "-o", "/dev/null"],
    ...["-e", `trace=${set}`, "-e", `inject=${set}:signal=KILL:when=${count}`, "--"],
  ];
}

/** Resolves to whether the run was killed. */
const killAt = async (lane: Lane, calls: readonly string[], count: number) =>
  (await lane.round([async () => {}], { under: tracer(calls, count) })) > 0;

/** Whether there is a tracer, and it may trace here. */
function canTrace(): boolean {
  if (process.platform !== "linux" || Bun.which("strace") === null) return false;
  return Bun.spawnSync([...tracer(changing, 1), "true"], { stderr: "ignore" }).exitCode === 0;
}

/** More changes than a run makes. */
const mostChanges = 1000;

/** Kills at every second change from this one on, until the run has made its last one before. */
const atChanges =
  (trial: string, first: number): Killer =>
  async (lane) => {
    let kills = 0;
    for (const number of casesOf(trial, "kills", mostChanges)) {
      if (number % 2 !== first % 2) continue;
      if (!(await playCase(trial, number, () => killAt(lane, changing, number)))) break;
      kills++;
    }
    return kills;
  };

/** Kills at every second of the draws from this one on. */
const atDraws =
  (trial: string, first: number): Killer =>
  async (lane) => {
    let kills = 0;
    for (const number of casesOf(trial, "kills", draws)) {
      if (number % 2 !== first % 2) continue;
      const count = 1 + Math.floor(chance(seedOf(trial, number))() * lastFrequent);
      if (await playCase(trial, number, () => killAt(lane, frequent, count))) kills++;
    }
    return kills;
  };

killTests({
  kills: "kills at calls",
  sentence: `killed as it is about to change a file, whichever, all is whole, and the next run succeeds (seed ${trialSeed})`,
  isPossible: canTrace(),
  killers: (trial) => [
    ...[1, 2].map((first) => atChanges(`${trial}, at change`, first)),
    ...[1, 2].map((first) => atDraws(`${trial}, at draw`, first)),
  ],
});
