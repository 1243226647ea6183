/** The largest resident set of a program. */

import type { Program } from "./measure.ts";
import { median } from "./median.ts";

/**
 * Linux counts the memory of the program that spawns into the maximum of what it spawns, and Bun is as large as
 * what is measured here. So a small Python program does the spawning.
 */
const launcher = `
import os, sys
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
for _ in range(5):
    child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
    _, status, usage = os.wait4(child, 0)
    if status != 0:
        sys.exit(1)
    print(usage.ru_maxrss)
`;

const python = Bun.which("python3");

/** Median of a few runs in MiB; undefined without Python, and where the unit is not that of Linux. */
export function peakMemory(program: Program): number | undefined {
  if (python === null || process.platform !== "linux") return undefined;
  const { success, stdout } = Bun.spawnSync([python, "-I", "-c", launcher, ...program.argv], {
    env: program.env,
  });
  if (!success) return undefined;
  const kibibytes = stdout.toString().trim().split("\n").map(Number);
  return median(kibibytes) / 1024;
}
