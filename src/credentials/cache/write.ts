/** The acquired credentials that are kept: writing, forgetting, clearing away. Off the way of a cached answer. */

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

/** How many files one process looks at, so that clearing away takes no time to speak of. */
const looksAt = 40;
/** An entry of no use stays for so many milliseconds: the failure in it may have to be read still. */
const staysFor = 60_000;

/** What the processes that want the same credentials have in common. */
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

/** Deletes all credentials that depend on the file, a token's. Throws a Failure that names what cannot be read. */
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
 * Deletes entries that are of no more use, with their locks, and what a write that was broken off left behind. Looks at
 * some of the files each time, others each time.
 */
export async function sweepEntries(
  system: Pick<System, "listFolder" | "readOwn" | "removeFile" | "writtenAt" | "withLock" | "now" | "random">,
  folder: string,
): Promise<void> {
  const names = await system.listFolder(credentialFolder(folder));
  const first = Math.floor(system.random() * names.length);
  for (const name of [...names.slice(first), ...names.slice(0, first)].slice(0, looksAt)) {
    const path = `${credentialFolder(folder)}/${name}`;
    const oldest = system.now() - staysFor;
    // Nobody is at it still: this is no place for files of another kind.
    if ((system.writtenAt(path) ?? Number.POSITIVE_INFINITY) > oldest) continue;
    const text = await system.readOwn(path).catch(() => undefined);
    const facts = text === undefined ? undefined : entryFacts(text);
    if (facts !== undefined && facts.end > oldest && !name.endsWith(".tmp")) continue;
    await system.removeFile(path);
    if (facts !== undefined) await removeLock(system, lockPath(folder, credentialLockName(facts.request)));
  }
}

/** Only while nobody has it. Whoever comes at this moment may take a lock of that name beside another, once. */
async function removeLock(system: Pick<System, "withLock" | "removeFile">, path: string): Promise<void> {
  await system.withLock(path, 0, () => system.removeFile(path));
}
