import { Database } from "bun:sqlite";
import { constants } from "node:fs";
import { stat, truncate } from "node:fs/promises";
import { errorCode } from "../lib/errors.ts";
import { openOwn } from "./private-files.ts";
import type { Locked } from "./types.ts";

/**
 * Milliseconds between two looks at a lock that is taken: at first, and at most. Hundreds of processes may wait for one
 * that needs the machine to get done, so they look less and less often.
 */
const firstPause = 15;
const longestPause = 120;

/**
 * The lock is a transaction of SQLite that writes nothing: it excludes other processes, on every platform, and the
 * system ends it together with the process that began it. SQLite's own waiting would hold up this whole program, so it
 * is asked again and again instead.
 */
export async function withLock<T>(
  path: string,
  waitMilliseconds: number,
  work: () => Promise<T>,
  keepWaiting: () => Promise<boolean> = async () => true,
): Promise<Locked<T>> {
  const giveUp = performance.now() + waitMilliseconds;
  for (let pause = firstPause; ; pause = Math.min(pause * 1.2, longestPause)) {
    const held = await tryLock(path);
    if (held !== undefined) {
      try {
        return { kind: "done", value: await work() };
      } finally {
        held.close();
      }
    }
    if (performance.now() >= giveUp) return { kind: "busy" };
    await Bun.sleep(pause * (0.5 + Math.random()));
    if (!(await keepWaiting())) return { kind: "busy" };
  }
}

/** The open transaction, or undefined when another process has one. */
async function tryLock(path: string): Promise<Database | undefined> {
  // SQLite would make the file readable for everybody, and would follow a link.
  const file = await openOwn(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND);
  await file.close();
  for (let damaged = false; ; damaged = true) {
    const database = new Database(path, { readwrite: true });
    try {
      database.run("PRAGMA busy_timeout = 0");
      // Nothing will be undone, and a journal in a file would stay behind when the holder is killed.
      database.run("PRAGMA journal_mode = MEMORY");
      database.run("BEGIN IMMEDIATE");
      return database;
    } catch (error) {
      database.close();
      const code = errorCode(error);
      if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return undefined;
      const isDamaged = code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT");
      // What has another name elsewhere is somebody's file, and no lock.
      if (!isDamaged || damaged || (await stat(path)).nlink > 1) throw error;
      // Emptied in place: a new file of the name would be another lock than the one that somebody may just have taken.
      await truncate(path, 0);
    }
  }
}
