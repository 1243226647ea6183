/** Files that exist in memory only, for a fake System. Locks are free unless a test says otherwise. */
import { contentFingerprint } from "../../src/lib/digest.ts";
import { absentFingerprint } from "../../src/lib/file-facts.ts";
import type { System } from "../../src/system/types.ts";

export type MemoryFiles = Pick<
  System,
  | "readText"
  | "readOwn"
  | "areOwn"
  | "readReplaced"
  | "mappedFingerprint"
  | "fileFingerprint"
  | "writtenAt"
  | "replaceFile"
  | "reserveReplacement"
  | "removeFile"
  | "listFolder"
  | "makeFolder"
  | "restrictFolder"
  | "checkFolder"
  | "withLock"
> & {
  readonly files: Map<string, string>;
  /** What was done, in order: `write /path`, `lock /path 3000`. */
  readonly log: string[];
};

/** For what waits a moment before it reads a file again. */
export const noSleep = { sleep: async () => {} };

/** `busy` has an element for each attempt at a lock that another process holds: what that process, or time, does meanwhile. */
export function memoryFiles(
  initial: Readonly<Record<string, string>> = {},
  busy: (() => unknown)[] = [],
): MemoryFiles {
  const files = new Map(Object.entries(initial));
  const log: string[] = [];
  const fingerprint = (path: string) => {
    const text = files.get(path);
    return text === undefined ? absentFingerprint : contentFingerprint(text);
  };
  return {
    files,
    log,
    readText: async (path) => files.get(path),
    readOwn: async (path) => files.get(path),
    areOwn: () => true,
    readReplaced: (path) => files.get(path),
    mappedFingerprint: fingerprint,
    fileFingerprint: fingerprint,
    // Long ago.
    writtenAt: (path) => (files.has(path) ? 0 : undefined),
    replaceFile: async (path, text) => {
      log.push(`write ${path}`);
      files.set(path, text);
    },
    reserveReplacement: async (path) => {
      log.push(`reserve ${path}`);
      return { release: async () => void log.push(`release ${path}`) };
    },
    removeFile: async (path) => {
      log.push(`remove ${path}`);
      files.delete(path);
    },
    listFolder: async (path) =>
      [...files.keys()]
        .filter((file) => file.startsWith(`${path}/`) && !file.slice(path.length + 1).includes("/"))
        .map((file) => file.slice(path.length + 1)),
    makeFolder: async (path) => {
      log.push(`make ${path}`);
    },
    restrictFolder: async (path) => {
      log.push(`restrict ${path}`);
    },
    checkFolder: async (path) => {
      log.push(`check ${path}`);
    },
    withLock: async (path, wait, work, keepWaiting) => {
      log.push(`lock ${path} ${wait}`);
      for (let elsewhere = busy.shift(); elsewhere !== undefined; elsewhere = busy.shift()) {
        await elsewhere();
        if (wait === 0 || !(await keepWaiting?.())) return { kind: "busy" };
      }
      return { kind: "done", value: await work() };
    },
  };
}
