/** What the kernel shows to everybody about the programs that run (Linux). */
import { readdir, readFile } from "node:fs/promises";

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
