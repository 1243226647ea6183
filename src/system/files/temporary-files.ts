/** The files that a process makes beside another one for a moment: a process that is killed leaves them. */
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { removeIfThere } from "./remove-if-there.ts";

/** Milliseconds after which no process still uses a temporary file. */
const staleAfter = 60_000;

/** A name beside the file that no other process chooses. */
export function temporaryName(path: string): string {
  return `${path}.${crypto.getRandomValues(new Uint8Array(8)).toHex()}.tmp`;
}

/**
 * Removes the temporary files that killed processes left beside the file, which are as secret as the file. In a folder of
 * JSON files, which is a cache, it removes those of the other files too, because some of these are written once in months.
 * Does nothing where it may not.
 */
export async function removeTemporaries(path: string): Promise<void> {
  const file = basename(path);
  try {
    for (const name of await readdir(dirname(path))) {
      const [, of] = /^(.+)\.[0-9a-f]{16}\.tmp$/.exec(name) ?? [];
      if (of === undefined || !(of === file || (of.endsWith(".json") && file.endsWith(".json")))) continue;
      const temporary = join(dirname(path), name);
      // Another process may be about to rename a younger one.
      if (Date.now() - (await stat(temporary)).mtimeMs > staleAfter) await removeIfThere(temporary);
    }
  } catch {
    // The caller's own work is done; the next process tries again.
  }
}
