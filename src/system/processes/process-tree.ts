/** The processes above and below this one: from `/proc` on Linux, from `ps` on other POSIX systems. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** The path of its executable, where this user may read it. */
  readonly executable: string | undefined;
}

/** More ancestors than any process has. */
const HIGHEST = 200;

/**
 * How many of the processes above this one run the same executable. An environment variable cannot tell that, because a
 * program between them may have cleared it (`env -i`). 0 where the system does not tell (Windows).
 */
export function nestingDepth(platform: NodeJS.Platform): number {
  if (platform === "win32") return 0;
  const find = platform === "linux" ? linuxProcess : finderIn(psTable());
  const [self, ...above] = ancestry(process.pid, find);
  return above.filter(({ executable }) => executable !== undefined && executable === self?.executable).length;
}

/** The ids of the processes that this one started, of those that they started, and so on. */
export function descendants(pid: number, platform: NodeJS.Platform): readonly number[] {
  if (platform === "win32") return [];
  return below(pid, platform === "linux" ? linuxTable() : psTable());
}

/** Whether the process runs. A zombie, whose parent has not read its status yet, does not. */
export function isRunning(pid: number, platform: NodeJS.Platform): boolean {
  if (platform === "linux") {
    const stat = orUndefined(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
    return stat !== undefined && !/^ [ZX]/.test(fieldsOf(stat));
  }
  return orUndefined(() => process.kill(pid, 0)) ?? false;
}

/** The process, its parent, and so on, as far as `find` knows them. Pure but for `find`. */
export function ancestry(
  pid: number,
  find: (pid: number) => ProcessEntry | undefined,
): readonly ProcessEntry[] {
  const found: ProcessEntry[] = [];
  for (let entry = find(pid); entry !== undefined && found.length < HIGHEST; entry = find(entry.parent)) {
    found.push(entry);
  }
  return found;
}

/** The ids of all processes of the table that descend from `pid`, parents first. Pure. */
export function below(pid: number, table: readonly ProcessEntry[]): readonly number[] {
  const found = [pid];
  // The list grows while the loop walks it.
  for (const parent of found) {
    for (const entry of table) {
      if (entry.parent === parent && !found.includes(entry.pid)) found.push(entry.pid);
    }
  }
  return found.slice(1);
}

/** Reads what `ps -A -o pid=,ppid=,comm=` prints; macOS gives the executable's path as `comm`. Pure. */
export function parsePs(text: string): readonly ProcessEntry[] {
  return text.split("\n").flatMap((line) => {
    const [, pid, parent, executable] = /^\s*(\d+)\s+(\d+)\s+(.*\S)\s*$/.exec(line) ?? [];
    return executable === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), executable }];
  });
}

/** The parent's id in the text of `/proc/PID/stat` (proc_pid_stat(5)). Pure. */
export function parentInStat(text: string): number | undefined {
  const [, parent] = /^ \S (\d+) /.exec(fieldsOf(text)) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

/** The fields from the state on. The program's name, in brackets before them, may hold any character. */
function fieldsOf(stat: string): string {
  return stat.slice(stat.lastIndexOf(")") + 1);
}

function finderIn(table: readonly ProcessEntry[]): (pid: number) => ProcessEntry | undefined {
  const byId = new Map(table.map((entry) => [entry.pid, entry]));
  return (pid) => byId.get(pid);
}

function psTable(): readonly ProcessEntry[] {
  const { stdout } = Bun.spawnSync(["/bin/ps", "-A", "-o", "pid=,ppid=,comm="], {
    env: {},
    stdio: ["ignore", "pipe", "ignore"],
  });
  return parsePs(stdout.toString());
}

function linuxTable(): readonly ProcessEntry[] {
  return readdirSync("/proc").flatMap((name) =>
    /^\d+$/.test(name) ? (linuxProcess(Number(name)) ?? []) : [],
  );
}

/** Undefined when there is no such process any more. */
function linuxProcess(pid: number): ProcessEntry | undefined {
  const stat = orUndefined(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
  const parent = stat === undefined ? undefined : parentInStat(stat);
  if (parent === undefined) return undefined;
  return { pid, parent, executable: orUndefined(() => readlinkSync(`/proc/${pid}/exe`)) };
}

/** Undefined when reading fails: the process is another user's, or has just ended. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
