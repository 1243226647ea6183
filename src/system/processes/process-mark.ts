/** What tells a process from another of the same id, and where it stands: from `/proc` on Linux, else from `ps`. */
import { readFileSync } from "node:fs";

/** The fields of `/proc/PID/stat` from the state on (proc_pid_stat(5)). The name before them may hold any character. */
export function statFields(stat: string): readonly string[] {
  return stat
    .slice(stat.lastIndexOf(")") + 2)
    .trim()
    .split(" ");
}

/** Positions in `statFields()`; the manual page counts from 1, with two fields before the state. */
const [state, parent, terminal, startTime, startStack] = [0, 1, 4, 19, 25];

/**
 * When the process began, in the system's own words; undefined when there is none or it has ended and waits for its
 * parent. Windows has no such ids to compare: there it is whether the process runs.
 */
export function processMark(pid: number, platform: NodeJS.Platform): string | undefined {
  if (platform === "linux") {
    const fields = linuxFields(pid);
    return fields === undefined || /[ZX]/.test(fields[state] ?? "") ? undefined : fields[startTime];
  }
  if (platform === "win32") return isThere(pid) ? "running" : undefined;
  const known = shown.get(pid);
  if (known !== undefined && performance.now() < known.until && isThere(pid)) return known.begun;
  shown.delete(pid);
  const [begun = "", status = ""] = ps(pid, "lstart=,stat=").split(/\s+(?=\S+$)/);
  if (begun === "" || status.startsWith("Z")) return undefined;
  shown.set(pid, { begun, until: performance.now() + psInterval });
  return begun;
}

/**
 * Milliseconds for which what `ps` showed counts, while there is a process of that id: an endpoint looks at its program
 * again and again, and this process stands still while `ps` runs.
 */
const psInterval = 5_000;

const shown = new Map<number, { readonly begun: string; readonly until: number }>();

/**
 * The shell that started a process whose parent is `pid`. A subshell, as bash makes for `$(…)`, is the same program in a
 * copy of its parent's memory and ends at once; the shell that counts is the one above it.
 */
export function startingShell(pid: number, platform: NodeJS.Platform): number {
  let shell = pid;
  for (;;) {
    const above = parentOf(shell, platform);
    if (above === undefined || above < 1 || !isForkOf(shell, above, platform)) return shell;
    shell = above;
  }
}

/** The file of the controlling terminal; undefined when the process has none. */
export function terminalOf(pid: number, platform: NodeJS.Platform): string | undefined {
  if (platform === "linux") return linuxTerminal(Number(linuxFields(pid)?.[terminal] ?? 0));
  const name = ps(pid, "tty=");
  return /^\w+$/.test(name) ? `/dev/${name}` : undefined;
}

/** The number holds major and minor in pieces. Pseudo-terminals have the majors 136 to 143, consoles 4. Pure. */
export function linuxTerminal(device: number): string | undefined {
  const major = (device >> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >> 12) & 0xfff00);
  if (major >= 136 && major <= 143) return `/dev/pts/${minor + (major - 136) * 0x100000}`;
  if (major === 4) return minor < 64 ? `/dev/tty${minor}` : `/dev/ttyS${minor - 64}`;
  return undefined;
}

function parentOf(pid: number, platform: NodeJS.Platform): number | undefined {
  if (platform === "win32") return undefined;
  const found = platform === "linux" ? linuxFields(pid)?.[parent] : ps(pid, "ppid=");
  return found ? Number(found) : undefined;
}

/** Programs that were started have stacks at addresses of their own; a fork has its parent's. */
function isForkOf(pid: number, above: number, platform: NodeJS.Platform): boolean {
  if (platform === "linux") {
    const [one, other] = [linuxFields(pid)?.[startStack], linuxFields(above)?.[startStack]];
    return one !== undefined && one !== "0" && one === other;
  }
  const [one, other] = [ps(pid, "args="), ps(above, "args=")];
  return one !== "" && one === other;
}

function linuxFields(pid: number): readonly string[] | undefined {
  try {
    return statFields(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    // It has ended.
    return undefined;
  }
}

function ps(pid: number, columns: string): string {
  const { stdout } = Bun.spawnSync(["/bin/ps", "-o", columns, "-p", String(pid)], {
    // The zone of this machine may change while the process runs.
    env: { LC_ALL: "C", TZ: "UTC0" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  return stdout.toString().trim();
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
