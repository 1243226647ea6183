import { describe, expect, test } from "bun:test";
import { fileLock, lockPath, noLock } from "../../src/lib/lock.ts";
import { memoryFiles } from "../support/memory-files.ts";

test("noLock() does the work", async () => {
  expect(await noLock(0, async () => 7)).toEqual({ kind: "done", value: 7 });
});

describe("fileLock()", () => {
  test("fileLock() makes the folder of the locks before it takes one", async () => {
    const files = memoryFiles();
    expect(await fileLock(files, "/own", "name", () => {})(50, async () => 7)).toEqual({
      kind: "done",
      value: 7,
    });
    expect(files.log).toEqual(["check /own", "make /own/locks", `lock ${lockPath("/own", "name")} 50`]);
  });

  test("fileLock() resolves to busy when another process has the lock all the time", async () => {
    const files = memoryFiles({}, [() => {}]);
    expect(await fileLock(files, "/own", "name", () => {})(50, async () => 7)).toEqual({ kind: "busy" });
  });

  test("fileLock() runs the work without a lock where the folder cannot be made", async () => {
    const traced: string[] = [];
    const files = { ...memoryFiles(), checkFolder: async () => Promise.reject(new Error("EROFS")) };
    const lock = fileLock(files, "/own", "name", (line) => traced.push(line));
    expect(await lock(50, async () => 7)).toEqual({ kind: "done", value: 7 });
    expect(traced).toEqual(["cannot make a lock in /own: EROFS"]);
    expect(await fileLock(files, undefined, "name", () => {})(50, async () => 8)).toEqual({
      kind: "done",
      value: 8,
    });
  });

  test("fileLock() runs the work without a lock where the file system has none", async () => {
    const traced: string[] = [];
    const files = { ...memoryFiles(), withLock: async () => Promise.reject(new Error("SQLITE_IOERR")) };
    const lock = fileLock(files, "/own", "name", (line) => traced.push(line));
    expect(await lock(50, async () => 7)).toEqual({ kind: "done", value: 7 });
    expect(traced).toEqual([`cannot take the lock ${lockPath("/own", "name")}: SQLITE_IOERR`]);
  });

  test("fileLock() does not take an error of the work for one of the lock", async () => {
    const work = async () => Promise.reject(new Error("mine"));
    await expect(fileLock(memoryFiles(), "/own", "name", () => {})(50, work)).rejects.toThrow("mine");
  });
});

test("lockPath() hides the name, and differs for each name", () => {
  expect(lockPath("/own", "a/b")).toMatch(/^\/own\/locks\/[0-9a-f]{64}$/);
  expect(lockPath("/own", "a/b")).not.toBe(lockPath("/own", "a/c"));
});
