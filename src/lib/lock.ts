/** The lock that lets only one process at a time renew the same thing. */

import type { Locked, System } from "../system/types.ts";
import { sha256Hex } from "./digest.ts";
import { reasonOf } from "./errors.ts";

/**
 * Runs `work` while no other process has the lock; `busy` when another process had it for `waitMilliseconds`.
 * `keepWaiting` is called at intervals during the wait, and ends it by returning false.
 */
export type Lock = <T>(
  waitMilliseconds: number,
  work: () => Promise<T>,
  keepWaiting?: () => Promise<boolean>,
) => Promise<Locked<T>>;

/** For work whose result other processes cannot see. */
export const noLock: Lock = async (_wait, work) => ({ kind: "done", value: await work() });

/** The file of the lock. */
export function lockPath(folder: string, name: string): string {
  return `${folder}/locks/${sha256Hex(name)}`;
}

/**
 * The lock of everything that is stored under `name`. Where the folder cannot be used (a read-only file system, say), or
 * its file system has no locks, the work runs at once without the lock, and `trace` gets the reason.
 */
export function fileLock(
  system: Pick<System, "withLock" | "checkFolder" | "makeFolder">,
  folder: string | undefined,
  name: string,
  trace: (line: string) => void,
): Lock {
  return async (wait, work, keepWaiting) => {
    if (folder === undefined) return noLock(wait, work);
    const path = lockPath(folder, name);
    try {
      await system.checkFolder(folder);
      await system.makeFolder(`${folder}/locks`);
    } catch (error) {
      trace(`cannot make a lock in ${folder}: ${reasonOf(error)}`);
      return noLock(wait, work);
    }
    /** Tells an error of the callbacks from an error of the lock. */
    let isCallback = false;
    const begin = () => {
      isCallback = true;
      return work();
    };
    const ask = async () => {
      isCallback = true;
      const goesOn = (await keepWaiting?.()) ?? true;
      isCallback = false;
      return goesOn;
    };
    try {
      return await system.withLock(path, wait, begin, keepWaiting === undefined ? undefined : ask);
    } catch (error) {
      if (isCallback) throw error;
      trace(`cannot take the lock ${path}: ${reasonOf(error)}`);
      return noLock(wait, work);
    }
  };
}
