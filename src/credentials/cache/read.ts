/** Finding the entry of a request in the cache. `fast-path.ts` does the same in its own way. */
import { type Entry, type EntryKey, parseEntry } from "./entry.ts";

export function credentialFolder(folder: string): string {
  return `${folder}/credentials`;
}

/**
 * The name comes from a hash that is fast at its first use. It proves nothing: the file holds the whole request, which is
 * compared. Of two requests with one name, each replaces the entry of the other.
 */
export function entryPath(folder: string, request: string): string {
  return `${credentialFolder(folder)}/${request.length}-${Bun.hash(request)}`;
}

/**
 * The entry in the text of its file, while the files that it depends on have the same content. What cannot be read as an
 * entry of this request counts as absent: the credentials are retrieved again.
 */
export function entryOf(
  text: string | undefined,
  key: EntryKey,
  fingerprintOf: (path: string) => string | undefined,
): Entry | undefined {
  const entry = text === undefined ? undefined : parseEntry(text, key);
  const dependsOn = entry?.cached?.dependsOn ?? [];
  for (let index = 0; index < dependsOn.length; index += 2) {
    if (fingerprintOf(dependsOn[index] ?? "") !== dependsOn[index + 1]) return undefined;
  }
  return entry;
}
