import type { Lane } from "./kills/kill.ts";
import { type Killer, killTests } from "./kills/scenes.ts";
import { chance, runsOf, trialSeed } from "./trial.ts";

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

const killAt = (lane: Lane, calls: readonly string[], count: number) =>
  lane.round(async () => {}, tracer(calls, count));

/** Whether there is a tracer, and it may trace here. */
function canTrace(): boolean {
  if (process.platform !== "linux" || Bun.which("strace") === null) return false;
  return Bun.spawnSync([...tracer(changing, 1), "true"], { stderr: "ignore" }).exitCode === 0;
}

/** Kills at every second change from this one on, until the run has made its last one before. */
const atChanges =
  (first: number): Killer =>
  async (lane) => {
    let kills = 0;
    while (await killAt(lane, changing, first + 2 * kills)) kills++;
    return kills;
  };

const atDraws: Killer = async (lane) => {
  const draw = chance(trialSeed);
  let kills = 0;
  for (let left = runsOf(draws); left > 0; left--) {
    if (await killAt(lane, frequent, 1 + Math.floor(draw() * lastFrequent))) kills++;
  }
  return kills;
};

killTests(
  `killed as it is about to change a file, whichever, all is whole, and the next run succeeds at once (seed ${trialSeed})`,
  canTrace(),
  [atChanges(1), atChanges(2), atDraws],
);
