import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeTemporaries, temporaryName } from "../../../src/system/files/temporary-files.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-temporary-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** What is left of these files, an hour old, after those of `file` have been removed. */
async function leftOf(names: readonly string[], file: string): Promise<string[]> {
  const long = new Date(Date.now() - 3_600_000);
  for (const name of names) {
    await writeFile(join(folder, name), "");
    await utimes(join(folder, name), long, long);
  }
  await removeTemporaries(join(folder, file));
  return (await readdir(folder)).toSorted();
}

test("temporaryName() is another name each time, which removeTemporaries() knows", async () => {
  const names = Array.from({ length: 20 }, () => temporaryName("config"));
  expect(new Set(names).size).toBe(20);
  expect(await leftOf(names, "config")).toEqual([]);
});

test("removeTemporaries() leaves the files of others, and names of another form", async () => {
  const others = ["config", "config.0123.tmp", "config.tmp", "other.0123456789abcdef.tmp"];
  expect(await leftOf([...others, "config.0123456789abcdef.tmp"], "config")).toEqual(others.toSorted());
});

test("removeTemporaries() removes those of all JSON files of a cache", async () => {
  const names = ["a.json.0123456789abcdef.tmp", "b.json.0123456789abcdef.tmp", "c.0123456789abcdef.tmp"];
  expect(await leftOf(names, "a.json")).toEqual(["c.0123456789abcdef.tmp"]);
});

test("removeTemporaries() leaves a file that a process may still be writing", async () => {
  await writeFile(join(folder, "config.0123456789abcdef.tmp"), "");
  await removeTemporaries(join(folder, "config"));
  expect(await readdir(folder)).toEqual(["config.0123456789abcdef.tmp"]);
});

test("removeTemporaries() does nothing for a folder that does not exist", async () => {
  await removeTemporaries(join(folder, "missing/config"));
});
