/** The acquired credentials that are kept under `--use-cache`: reading, as every cached answer does it. */
import type { System } from "../../system/types.ts";
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
 * What the text of an entry's file, if there is one, keeps for the request, while the files it depends on are as they
 * were. Whatever cannot be read is not there: the credentials can be had anew.
 */
export function entryOf(
  text: string | undefined,
  key: EntryKey,
  system: Pick<System, "fileFingerprint">,
): Entry | undefined {
  const entry = text === undefined ? undefined : parseEntry(text, key);
  const dependsOn = entry?.cached?.dependsOn ?? [];
  for (let index = 0; index < dependsOn.length; index += 2) {
    if (system.fileFingerprint(dependsOn[index] ?? "") !== dependsOn[index + 1]) return undefined;
  }
  return entry;
}
