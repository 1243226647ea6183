import { expect, test } from "bun:test";
import { Failure } from "../../src/lib/errors.ts";
import {
  checkOwnFolder,
  folderOf,
  listPrivate,
  readOwnFile,
  readPrivate,
  removePrivate,
  restrictOwnFolder,
  writeOwnFile,
  writePrivate,
} from "../../src/lib/private-file.ts";
import { failureOf } from "../support/failure.ts";

const broken = async (): Promise<never> => {
  throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
};

test("readPrivate(), writePrivate() and removePrivate() name the file and the system's error", async () => {
  const system = { readText: broken, replaceFile: broken, removeFile: broken, makeFolder: async () => {} };
  const failures = await Promise.all(
    [
      () => readPrivate(system, "/a/b"),
      () => writePrivate(system, "/a/b", "x"),
      () => removePrivate(system, "/a/b"),
    ].map((act) => failureOf(act)),
  );
  expect(failures.map(({ message }) => message)).toEqual([
    "cannot read /a/b: EACCES: permission denied",
    "cannot write /a/b: EACCES: permission denied",
    "cannot remove /a/b: EACCES: permission denied",
  ]);
  expect(failures.map(({ hints }) => hints)).toEqual([
    [],
    ["see that there is room on the disk, and that you may write there"],
    ["see that you may write to its folder"],
  ]);
});

test("readOwnFile() and writeOwnFile() do the same, and say what helps against a file that is not ours", async () => {
  const system = { readOwn: broken, replaceFile: broken, makeFolder: async () => {} };
  const read = await failureOf(() => readOwnFile(system, "/a/b"));
  expect(read.message).toBe("cannot read /a/b: EACCES: permission denied");
  expect(read.hints).toEqual(["remove it, and sign in again if need be"]);
  const written = await failureOf(() => writeOwnFile(system, "/a/b", "x"));
  expect(written.message).toBe("cannot write /a/b: EACCES: permission denied");
  expect(written.hints).toEqual([expect.stringContaining("AWS_LOGIN_HOME")]);
});

test("writeOwnFile() never writes where a link leads", async () => {
  const modes: unknown[] = [];
  const replaceFile = async (_path: string, _text: string, mode?: string) => {
    modes.push(mode);
  };
  await writeOwnFile({ makeFolder: async () => {}, replaceFile }, "/a/b", "x");
  expect(modes).toEqual(["own"]);
});

test("listPrivate() names the folder", async () => {
  const failure = await failureOf(() => listPrivate({ listFolder: broken }, "/a"));
  expect(failure.message).toBe("cannot list the folder /a: EACCES: permission denied");
  expect(failure.hints).toEqual(["see that you may read it"]);
});

const unusable: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOTDIR: "there is a file where a folder must be",
  EEXIST: "there is a file where a folder must be",
  ENOSPC: "what the system said",
};
for (const [code, why] of Object.entries(unusable)) {
  test(`restrictOwnFolder() and checkOwnFolder() say in words what ${code} means, and how to have another folder`, async () => {
    const reject = async () => Promise.reject(Object.assign(new Error("what the system said"), { code }));
    for (const look of [
      () => restrictOwnFolder({ restrictFolder: reject }, "/a"),
      () => checkOwnFolder({ checkFolder: reject }, "/a"),
    ]) {
      const failure = await failureOf(look);
      expect(failure.message).toBe(`cannot use the folder /a: ${why}`);
      expect(failure.hints[0]).toContain("AWS_LOGIN_HOME");
    }
  });
}

test("writePrivate() hands on a Failure unchanged", async () => {
  const failure = new Failure("interrupted", "x");
  const system = { makeFolder: async () => Promise.reject(failure), replaceFile: async () => {} };
  expect(await failureOf(() => writePrivate(system, "/a/b", "x"))).toBe(failure);
});

test("folderOf() knows both separators", () => {
  expect(["/a/b", "C:\\a\\b", "/a", "a"].map(folderOf)).toEqual(["/a", "C:\\a", "/", "."]);
});
