/** Writing and removing entries of the cache. Off the fast path. */

import { lockPath } from "../../lib/lock.ts";
import {
  type FileAccess,
  listPrivate,
  readOwnFile,
  removePrivate,
  restrictOwnFolder,
  writeOwnFile,
} from "../../lib/private-file.ts";
import type { System } from "../../system/types.ts";
import { type Entry, type EntryKey, entryFacts, formatEntry } from "./entry.ts";
import { credentialFolder, entryPath } from "./read.ts";

/** How many files one process checks, so that removing old ones takes hardly any time. */
const checkedFiles = 40;
/** Milliseconds for which an old entry remains: waiting processes may still have to read the failure in it. */
const keptMilliseconds = 60_000;

/** The name of the lock that processes with the same request share. */
export function credentialLockName(request: string): string {
  return `credentials ${request}`;
}

/** Throws a Failure that names the file. */
export async function writeEntry(
  system: FileAccess,
  folder: string,
  key: EntryKey,
  entry: Entry,
): Promise<void> {
  await restrictOwnFolder(system, folder);
  await writeOwnFile(system, entryPath(folder, key.request), formatEntry(key, entry));
}

/** Deletes the entries that depend on the file of a token. Throws a Failure that names a file that cannot be read. */
export async function forgetDependents(
  system: Pick<System, "listFolder" | "readOwn" | "removeFile">,
  folder: string,
  path: string,
): Promise<void> {
  for (const name of await listPrivate(system, credentialFolder(folder))) {
    const file = `${credentialFolder(folder)}/${name}`;
    const text = await readOwnFile(system, file);
    if (text !== undefined && entryFacts(text)?.dependsOn.includes(path)) await removePrivate(system, file);
  }
}

/**
 * Deletes entries that serve no process any more, with their locks, and temporary files of writes that were killed. Each
 * call checks some of the files, from a random one on.
 */
export async function sweepEntries(
  system: Pick<System, "listFolder" | "readOwn" | "removeFile" | "writtenAt" | "withLock" | "now" | "random">,
  folder: string,
): Promise<void> {
  const names = await system.listFolder(credentialFolder(folder));
  const first = Math.floor(system.random() * names.length);
  for (const name of [...names.slice(first), ...names.slice(0, first)].slice(0, checkedFiles)) {
    const path = `${credentialFolder(folder)}/${name}`;
    const oldest = system.now() - keptMilliseconds;
    // No process uses it any more, and the folder has no files of another kind.
    if ((system.writtenAt(path) ?? Number.POSITIVE_INFINITY) > oldest) continue;
    const text = await system.readOwn(path).catch(() => undefined);
    const facts = text === undefined ? undefined : entryFacts(text);
    if (facts !== undefined && facts.end > oldest && !name.endsWith(".tmp")) continue;
    await system.removeFile(path);
    if (facts !== undefined) await removeLock(system, lockPath(folder, credentialLockName(facts.request)));
  }
}

/** Only while no process has it. A process that opens it at this moment may take its lock beside another process, once. */
async function removeLock(system: Pick<System, "withLock" | "removeFile">, path: string): Promise<void> {
  await system.withLock(path, 0, () => system.removeFile(path));
}
