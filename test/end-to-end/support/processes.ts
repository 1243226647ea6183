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
