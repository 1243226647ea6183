import { expect, test } from "bun:test";
import { Failure } from "../../src/errors.ts";
import {
  folderOf,
  listPrivate,
  narrowOwnFolder,
  readPrivate,
  removePrivate,
  writePrivate,
} from "../../src/store/private-file.ts";
import { failureOf } from "../support/failure.ts";

const broken = async (): Promise<never> => {
  throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
};

test("readPrivate(), writePrivate() and removePrivate() name the file and what the system said", async () => {
  const system = { readText: broken, replaceFile: broken, removeFile: broken, makeFolder: async () => {} };
  const messages = await Promise.all(
    [
      () => readPrivate(system, "/a/b"),
      () => writePrivate(system, "/a/b", "x"),
      () => removePrivate(system, "/a/b"),
    ].map(async (act) => (await failureOf(act)).message),
  );
  expect(messages).toEqual([
    "cannot read /a/b: EACCES: permission denied",
    "cannot write /a/b: EACCES: permission denied",
    "cannot remove /a/b: EACCES: permission denied",
  ]);
});

test("listPrivate() names the folder", async () => {
  const failure = await failureOf(() => listPrivate({ listFolder: broken }, "/a"));
  expect(failure.message).toBe("cannot list the folder /a: EACCES: permission denied");
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
  test(`narrowOwnFolder() says in words what ${code} means, and how to have another folder`, async () => {
    const thrown = Object.assign(new Error("what the system said"), { code });
    const narrowFolder = async () => Promise.reject(thrown);
    const failure = await failureOf(() => narrowOwnFolder({ narrowFolder }, "/a"));
    expect(failure.message).toBe(`cannot use the folder /a: ${why}`);
    expect(failure.hints[0]).toContain("AWS_LOGIN_HOME");
  });
}

test("writePrivate() hands on a Failure as it is", async () => {
  const failure = new Failure("interrupted", "x");
  const system = { makeFolder: async () => Promise.reject(failure), replaceFile: async () => {} };
  expect(await failureOf(() => writePrivate(system, "/a/b", "x"))).toBe(failure);
});

test("folderOf() knows both separators", () => {
  expect(["/a/b", "C:\\a\\b", "/a", "a"].map(folderOf)).toEqual(["/a", "C:\\a", "/", "."]);
});
