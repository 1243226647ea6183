import { readFileSync } from "node:fs";
import { loadCLibrary } from "../c-library.ts";

/** `RLIMIT_NOFILE` of getrlimit(2) on Linux. */
const OPEN_FILES = 7;

/**
 * Sets the soft limit of open files back to that of the process that started this one. The runtime raises its own to the
 * hard limit, and a program that is started here inherits it: `select` fails above 1024, and some programs close every
 * possible descriptor. Does nothing where the parent's limit is unknown (only Linux tells it), or is not the lower one.
 */
export function restoreOpenFilesLimit(): void {
  if (process.platform !== "linux") return;
  const soft = softLimitIn(limitsOf(process.ppid));
  const own = softLimitIn(limitsOf(process.pid));
  if (soft === undefined || own === undefined || soft >= own) return;
  const library = loadCLibrary({
    getrlimit: { args: ["int", "ptr"], returns: "int" },
    setrlimit: { args: ["int", "ptr"], returns: "int" },
  });
  const limits = new BigUint64Array(2);
  if (library === undefined || library.getrlimit(OPEN_FILES, limits) !== 0) return;
  limits[0] = BigInt(soft);
  library.setrlimit(OPEN_FILES, limits);
}

/** The soft limit of open files in the text of `/proc/PID/limits`; undefined when there is none. Pure. */
export function softLimitIn(text: string): number | undefined {
  const [, soft] = /^Max open files\s+(\d+)/m.exec(text) ?? [];
  return soft === undefined ? undefined : Number(soft);
}

/** Empty for a process that has ended, and for one that this user may not examine. */
function limitsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/limits`, "utf8");
  } catch {
    return "";
  }
}
