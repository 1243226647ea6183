/** One flight: of the processes that find the same thing expired, one renews it and the others wait for the result. */

import type { Locked, System } from "../system/types.ts";
import { sha256Hex } from "./digest.ts";
import { reasonOf } from "./errors.ts";

/**
 * Runs `work` alone, or says that another process did not end within the time. Milliseconds. `keepWaiting` may end the
 * waiting sooner.
 */
export type Lock = <T>(
  waitMilliseconds: number,
  work: () => Promise<T>,
  keepWaiting?: () => Promise<boolean>,
) => Promise<Locked<T>>;

/** For what nobody else can see. */
export const noLock: Lock = async (_wait, work) => ({ kind: "done", value: await work() });

/** The file by which processes that want to renew the same thing wait for each other. */
export function lockPath(folder: string, name: string): string {
  return `${folder}/locks/${sha256Hex(name)}`;
}

/**
 * The lock of everything that is kept under `name`. Where the folder for it cannot be made (a file system that nobody
 * may write to, say), or is not to be trusted, work is done without: then nothing can be kept anyway. `trace` is told.
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
    let began = false;
    try {
      const begin = () => {
        began = true;
        return work();
      };
      return await system.withLock(path, wait, begin, keepWaiting);
    } catch (error) {
      if (began) throw error;
      trace(`no lock can be had at ${path}: ${reasonOf(error)}`);
      return noLock(wait, work);
    }
  };
}
