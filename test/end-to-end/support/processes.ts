/** What the kernel shows to every user about the programs that run (Linux). */
import { readdir, readFile } from "node:fs/promises";
import { until } from "./until.ts";

/** The argument lists of all programs that run now, words separated by blanks. */
export async function commandLines(): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map(commandLine));
  return lines.filter((line) => line !== "");
}

/** Empty for a program that is gone. */
async function commandLine(id: string): Promise<string> {
  try {
    return (await readFile(`/proc/${id}/cmdline`, "utf8")).replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

/** The processes that have this scenario's HOME: ids and argument lists (Linux). */
export async function processesOf({ home }: { readonly home: string }): Promise<ReadonlyMap<number, string>> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  // Empty for a process that is gone.
  const text = (path: string) => readFile(path, "utf8").catch(() => "");
  const found = new Map<number, string>();
  for (const id of ids) {
    if (!(await text(`/proc/${id}/environ`)).split("\0").includes(`HOME=${home}`)) continue;
    found.set(Number(id), await text(`/proc/${id}/cmdline`));
  }
  return found;
}

/** Ends what a scenario that failed has left running. Only Linux tells whose a process is. */
export async function endProcessesOf(scene: { readonly home: string }): Promise<void> {
  if (process.platform !== "linux") return;
  for (const pid of (await processesOf(scene)).keys()) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

/** Resolves when the program listens for Ctrl-C. Only Linux shows it; elsewhere at once. */
export async function heedsInterruption({ pid }: { readonly pid: number }): Promise<void> {
  if (process.platform !== "linux") return;
  await until(async () => {
    const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1];
    // SIGTERM, number 15, which is the last to be listened for; the runtime itself catches SIGINT on a terminal.
    const isCaught = (Number.parseInt(caught?.slice(-4) ?? "0", 16) & 0x4000) !== 0;
    return isCaught || undefined;
  });
}
