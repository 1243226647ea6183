/** The entry of one request, off the fast path: read from a folder that is only this user's, and written. */
import { reasonOf } from "../../lib/errors.ts";
import { readOwnFile } from "../../lib/private-file.ts";
import type { System } from "../../system/types.ts";
import type { Entry, EntryKey } from "./entry.ts";
import { entryOf, entryPath } from "./read.ts";
import { sweepEntries, writeEntry } from "./write.ts";

export interface StoredEntry {
  /** Undefined where there is none that can be trusted: the credentials can be retrieved again. */
  read(): Promise<Entry | undefined>;
  /** Tells `failed`, by default the trace, when it cannot be written. */
  write(entry: Entry, failed?: (line: string) => void): Promise<void>;
}

export async function openStoredEntry(
  system: System,
  folder: string,
  key: EntryKey,
  trace: (line: string) => void,
): Promise<StoredEntry> {
  // Writing tells later what is wrong with the folder.
  const isOurs = await system.restrictFolder(folder).then(
    () => true,
    () => false,
  );
  let isTold = false;
  const path = entryPath(folder, key.request);
  return {
    async read() {
      if (!isOurs) return undefined;
      let text: string | undefined;
      try {
        text = await readOwnFile(system, path);
      } catch (error) {
        if (!isTold)
          system.stderr(`aws-login: warning: the cached credentials are ignored: ${reasonOf(error)}`);
        isTold = true;
        return undefined;
      }
      return entryOf(text, key, system.fileFingerprint);
    },
    async write(entry, failed = trace) {
      try {
        await writeEntry(system, folder, key, entry);
      } catch (error) {
        failed(`the credentials are not cached: ${reasonOf(error)}`);
        return;
      }
      try {
        await sweepEntries(system, folder);
      } catch (error) {
        trace(`old credentials are not removed: ${reasonOf(error)}`);
      }
    },
  };
}
