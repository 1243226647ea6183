/** The lock by which processes that want to renew the same thing take turns. */

import type { Locked, System } from "../system/types.ts";
import { sha256Hex } from "./digest.ts";
import { reasonOf } from "./errors.ts";

/**
 * Runs `work` while no other process has the lock, or tells that another process had it for so many milliseconds.
 * `keepWaiting` is called now and then meanwhile, and ends the wait when it returns false.
 */
export type Lock = <T>(
  waitMilliseconds: number,
  work: () => Promise<T>,
  keepWaiting?: () => Promise<boolean>,
) => Promise<Locked<T>>;

/** For what no other process can see. */
export const noLock: Lock = async (_wait, work) => ({ kind: "done", value: await work() });

/** The file of the lock. */
export function lockPath(folder: string, name: string): string {
  return `${folder}/locks/${sha256Hex(name)}`;
}

/**
 * The lock of everything that is stored under `name`. Without a folder that can be used for it (a read-only file system,
 * say), or on a file system without locks, the work is done without the lock, at once. `trace` is told.
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
      trace(`no lock can be made in ${folder}: ${reasonOf(error)}`);
      return noLock(wait, work);
    }
    /** An error of the callbacks is no error of the lock. */
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
      trace(`no lock can be had at ${path}: ${reasonOf(error)}`);
      return noLock(wait, work);
    }
  };
}
