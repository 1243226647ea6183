import { Database } from "bun:sqlite";
import { constants } from "node:fs";
import { stat, truncate } from "node:fs/promises";
import { errorCode } from "../../lib/errors.ts";
import type { Locked } from "../types.ts";
import { openOwn } from "./private-files.ts";
import { removeIfThere } from "./remove-if-there.ts";
import { removeTemporaries, temporaryName } from "./temporary-files.ts";

/**
 * Milliseconds between two attempts at a lock that another process has: at first, and at most. The interval grows, because
 * hundreds of waiting processes would take the processor from the one that works.
 */
const firstInterval = 15;
const longestInterval = 120;

/**
 * The files whose locks this process has or tries to take. It must not open them another time: POSIX takes the lock away
 * from a process that closes any descriptor of its file (fcntl(2)).
 */
const own = new Set<string>();

/**
 * The lock is a transaction of SQLite that writes nothing: it excludes other processes, on every platform, and the
 * system ends it together with the process that began it. SQLite's own waiting would block this whole process, so this
 * function tries again at intervals instead. Rejects at once on a file system without locks.
 */
export async function withLock<T>(
  path: string,
  waitMilliseconds: number,
  work: () => Promise<T>,
  keepWaiting: () => Promise<boolean> = async () => true,
): Promise<Locked<T>> {
  const giveUp = performance.now() + waitMilliseconds;
  let isProbed = false;
  for (let interval = firstInterval; ; interval = Math.min(interval * 1.2, longestInterval)) {
    const held = await tryAlone(path);
    if (held !== undefined) {
      try {
        return { kind: "done", value: await work() };
      } finally {
        held.close();
        own.delete(path);
        // Processes that were killed while they waited leave their probes.
        await removeTemporaries(path);
      }
    }
    if (!isProbed && !own.has(path)) await refuseWithoutLocks(path);
    isProbed = true;
    if (performance.now() >= giveUp) return { kind: "busy" };
    await Bun.sleep(interval * (0.5 + Math.random()));
    if (!(await keepWaiting())) return { kind: "busy" };
  }
}

/**
 * SQLite reports ENOLCK, the error of a file system without locks, in the same way as a lock that another process has. A
 * new file with a name that no other process knows tells the two apart.
 */
async function refuseWithoutLocks(path: string): Promise<void> {
  const probe = temporaryName(path);
  let hasLocks = true;
  try {
    const held = await tryLock(probe);
    hasLocks = held !== undefined;
    held?.close();
    await removeIfThere(probe);
  } catch {
    // The probe cannot be made, on a full disk for example: another process has the lock, as SQLite reported.
  }
  if (!hasLocks) throw new Error("the file system has no locks");
}

/** The same as `tryLock()`, and undefined also where this process has the lock already. */
async function tryAlone(path: string): Promise<Database | undefined> {
  if (own.has(path)) return undefined;
  own.add(path);
  let held: Database | undefined;
  try {
    held = await tryLock(path);
    return held;
  } finally {
    if (held === undefined) own.delete(path);
  }
}

/** The open transaction, or undefined when another process has one. */
async function tryLock(path: string): Promise<Database | undefined> {
  // SQLite would make the file readable for every user, and would follow a link.
  const file = await openOwn(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND);
  await file.close();
  for (let damaged = false; ; damaged = true) {
    const database = new Database(path, { readwrite: true });
    try {
      database.run("PRAGMA busy_timeout = 0");
      // The transaction writes nothing, and a journal in a file would remain when this process is killed.
      database.run("PRAGMA journal_mode = MEMORY");
      database.run("BEGIN IMMEDIATE");
      return database;
    } catch (error) {
      database.close();
      const code = errorCode(error);
      if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return undefined;
      const isDamaged = code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT");
      // A file with a second name may belong to another program.
      if (!isDamaged || damaged || (await stat(path)).nlink > 1) throw error;
      // Emptied in place: a process may just have taken the lock of this file, and a new file would be another lock.
      await truncate(path, 0);
    }
  }
}
