/** Which content of a file a run has used, so that a cached entry depends on what was read and not on what is there now. */
import { contentFingerprint } from "../../lib/digest.ts";
import { absentFingerprint } from "../../lib/file-facts.ts";
import type { System } from "../../system/types.ts";

export interface RecordedReads {
  /** The given system, whose reads and writes are recorded. */
  readonly system: System;
  /** The content that this run read or wrote last; undefined for a file that it neither read nor could write. */
  fingerprint(path: string): string | undefined;
}

export function recordReads(system: System): RecordedReads {
  const fingerprints = new Map<string, string>();
  /** This run uses what it could not write, so the file tells nothing about the run. */
  const unwritten = new Set<string>();
  const read = (path: string, text: string | undefined) => {
    fingerprints.set(path, text === undefined ? absentFingerprint : contentFingerprint(text));
    return text;
  };
  return {
    system: {
      ...system,
      readText: async (path, longest) => read(path, await system.readText(path, longest)),
      readBytes: async (path, pipe) => {
        const bytes = await system.readBytes(path, pipe);
        fingerprints.set(
          path,
          bytes === undefined ? absentFingerprint : contentFingerprint(new Uint8Array(bytes)),
        );
        return bytes;
      },
      readOwn: async (path) => read(path, await system.readOwn(path)),
      replaceFile: async (path, text, mode) => {
        unwritten.add(path);
        await system.replaceFile(path, text, mode);
        unwritten.delete(path);
        read(path, text);
      },
    },
    fingerprint: (path) => (unwritten.has(path) ? undefined : fingerprints.get(path)),
  };
}
