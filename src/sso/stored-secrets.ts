/** The files of the own cache that have secrets: tokens and client registrations. */
import { joinPath } from "../config/paths.ts";
import { fileLock } from "../lib/lock.ts";
import { type FileAccess, listPrivate, readOwnFile } from "../lib/private-file.ts";
import type { System } from "../system/types.ts";
import { secretsIn } from "./sealed-member.ts";

/** Calls `use` with each file that has such secrets, one after the other. Throws a Failure for one that cannot be read. */
export async function eachFileWith(
  which: "plain" | "sealed",
  system: FileAccess,
  folder: string,
  use: (path: string, text: string) => Promise<unknown>,
): Promise<void> {
  for (const kind of ["tokens", "clients"]) {
    for (const name of await listPrivate(system, joinPath(folder, kind))) {
      if (!name.endsWith(".json")) continue;
      const path = joinPath(folder, kind, name);
      const text = await readOwnFile(system, path);
      if (text !== undefined && secretsIn(text)[which]) await use(path, text);
    }
  }
}

/**
 * As `eachFileWith()`, each file under its lock. A file whose lock another process has is left to the next run: that process
 * may be signing in for minutes.
 */
export async function eachLockedFileWith(
  which: "plain" | "sealed",
  system: FileAccess & Pick<System, "withLock">,
  folder: string,
  change: (path: string, text: string) => Promise<void>,
): Promise<"all-done" | "some-busy"> {
  let isBusy = false;
  await eachFileWith(which, system, folder, async (path) => {
    const work = async () => {
      const text = await readOwnFile(system, path);
      if (text !== undefined && secretsIn(text)[which]) await change(path, text);
    };
    const held = await fileLock(system, folder, path, () => {})(0, work);
    isBusy ||= held.kind === "busy";
  });
  return isBusy ? "some-busy" : "all-done";
}
