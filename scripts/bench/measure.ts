/** What running one program costs, beside another. */
import { median } from "./median.ts";
import { peakMemory } from "./memory.ts";

/** A command and its whole environment. */
export interface Program {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Runs before each run and is not measured. */
  readonly before?: () => void;
}

/** Medians over the runs. */
export interface Cost {
  readonly cpuMilliseconds: number;
  readonly wallMilliseconds: number;
  /** The largest resident set; undefined where it cannot be told. */
  readonly memoryMebibytes: number | undefined;
}

export interface Comparison {
  readonly program: Cost;
  readonly floor: Cost;
}

interface Run {
  readonly cpuMilliseconds: number;
  readonly wallMilliseconds: number;
}

/**
 * Runs the two in turn, so that whatever else the machine does meets both alike. A first run of each only warms
 * up. Throws when a run fails.
 */
export function compare(
  program: Program,
  floor: Program,
  runs: number,
  { memory = "measured" }: { readonly memory?: "measured" | "left out" } = {},
): Comparison {
  runOnce(program);
  runOnce(floor);
  const pairs = Array.from({ length: runs }, () => ({ program: runOnce(program), floor: runOnce(floor) }));
  return {
    program: {
      ...times(pairs.map((pair) => pair.program)),
      memoryMebibytes: memory === "measured" ? peakMemory(program) : undefined,
    },
    floor: {
      ...times(pairs.map((pair) => pair.floor)),
      memoryMebibytes: memory === "measured" ? peakMemory(floor) : undefined,
    },
  };
}

function times(runs: readonly Run[]): Run {
  return {
    cpuMilliseconds: median(runs.map((run) => run.cpuMilliseconds)),
    wallMilliseconds: median(runs.map((run) => run.wallMilliseconds)),
  };
}

function runOnce(program: Program): Run {
  program.before?.();
  const started = Bun.nanoseconds();
  const { exitCode, resourceUsage, stderr } = Bun.spawnSync([...program.argv], {
    env: program.env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const wallMilliseconds = (Bun.nanoseconds() - started) / 1e6;
  if (exitCode !== 0) throw new Error(`${program.argv.join(" ")} ended with ${exitCode}: ${stderr}`);
  return { wallMilliseconds, cpuMilliseconds: Number(resourceUsage.cpuTime.total) / 1e3 };
}
