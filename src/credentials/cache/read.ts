/** The acquired credentials that are kept under `--use-cache`: reading, as every cached answer does it. */
import { type Entry, type EntryKey, parseEntry } from "./entry.ts";

export function credentialFolder(folder: string): string {
  return `${folder}/credentials`;
}

/**
 * The name is made by the hash that is quickest at its first use, and is no proof of anything: the whole request stands
 * in the file, and is compared. Two requests of one name push each other out, no more.
 */
export function entryPath(folder: string, request: string): string {
  // The folder as `credentialFolder` has it: on the way of a cached answer each function counts.
  return `${folder}/credentials/${request.length}-${Bun.hash.murmur32v3(request)}`;
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
