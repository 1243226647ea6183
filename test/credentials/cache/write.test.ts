import { describe, expect, test } from "bun:test";
import { type Entry, formatEntry } from "../../../src/credentials/cache/entry.ts";
import { entryPath } from "../../../src/credentials/cache/read.ts";
import {
  credentialLockName,
  forgetDependents,
  sweepEntries,
  writeEntry,
} from "../../../src/credentials/cache/write.ts";
import { lockPath } from "../../../src/lib/lock.ts";
import { keptRole, key } from "../../support/cached-credentials.ts";
import { failureOf } from "../../support/failure.ts";
import { noon } from "../../support/fake-system.ts";
import { memoryFiles } from "../../support/memory-files.ts";

const folder = "/own";
const entry: Entry = { cached: keptRole(), note: undefined };

test("writeEntry() narrows the folder first, and replaces the file", async () => {
  const files = memoryFiles();
  await writeEntry(files, folder, key, entry);
  const path = entryPath(folder, key.request);
  expect(files.log).toEqual(["restrict /own", "make /own/credentials", `write ${path}`]);
  expect(files.files.get(path)).toBe(formatEntry(key, entry));
});

test("forgetDependents() deletes the entries that depend on a token, and no others", async () => {
  const got = (token: string) =>
    formatEntry(key, { cached: keptRole({ dependsOn: [token, "mark"] }), note: undefined });
  const files = memoryFiles({
    "/own/credentials/1": got("/own/tokens/a.json"),
    "/own/credentials/2": got("/own/tokens/b.json"),
    "/own/credentials/3": formatEntry(key, entry),
    "/own/credentials/4": "something else",
    "/own/credentials/5": got("/own/tokens/a.json"),
  });
  await forgetDependents(files, folder, "/own/tokens/a.json");
  expect([...files.files.keys()].map((path) => path.at(-1))).toEqual(["2", "3", "4"]);
});

test("forgetDependents() throws a Failure where the folder cannot be read", async () => {
  const listFolder = async () => Promise.reject(new Error("EACCES: no"));
  const failure = await failureOf(() => forgetDependents({ ...memoryFiles(), listFolder }, folder, "/t"));
  expect(failure.message).toBe("cannot list the folder /own/credentials: EACCES: no");
});

describe("sweepEntries()", () => {
  const lock = lockPath(folder, credentialLockName(key.request));
  const sweep = (files: ReturnType<typeof memoryFiles>, now: number, random = 0) =>
    sweepEntries({ ...files, now: () => now, random: () => random }, folder);
  const old = noon + 3_600_000 + 60_001;

  test("sweepEntries() deletes expired credentials, and their lock while no process has it", async () => {
    const files = memoryFiles({ "/own/credentials/1": formatEntry(key, entry), [lock]: "" });
    await sweep(files, old);
    expect([...files.files.keys()]).toEqual([]);
    expect(files.log).toContain(`lock ${lock} 0`);
  });

  test("sweepEntries() leaves a lock that a process has", async () => {
    const files = memoryFiles({ "/own/credentials/1": formatEntry(key, entry), [lock]: "" }, [() => {}]);
    await sweep(files, old);
    expect([...files.files.keys()]).toEqual([lock]);
  });

  test("sweepEntries() leaves credentials that are good", async () => {
    const files = memoryFiles({ "/own/credentials/1": formatEntry(key, entry) });
    await sweep(files, noon + 3_599_000);
    expect(files.files.size).toBe(1);
  });

  test("sweepEntries() deletes what a broken write left, but not one that may be under way", async () => {
    const files = memoryFiles({
      "/own/credentials/1.00ff.tmp": formatEntry(key, entry).slice(0, 40),
      "/own/credentials/2.00ff.tmp": formatEntry(key, entry),
    });
    await sweep({ ...files, writtenAt: () => noon - 59_000 }, noon);
    expect(files.files.size).toBe(2);
    await sweep(files, noon);
    expect(files.files.size).toBe(0);
  });

  test("sweepEntries() looks at forty files, others each time", async () => {
    const many = Array.from({ length: 100 }, (_, index): [string, string] => [
      `/own/credentials/${index}`,
      formatEntry(key, entry),
    ]);
    const files = memoryFiles(Object.fromEntries(many));
    await sweep(files, old);
    expect(files.files.size).toBe(60);
    await sweep(files, old, 0.99);
    expect(files.files.size).toBe(20);
  });
});
