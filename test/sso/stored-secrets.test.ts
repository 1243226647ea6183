import { expect, test } from "bun:test";
import { eachFileWith, eachLockedFileWith } from "../../src/sso/stored-secrets.ts";
import { type MemoryFiles, memoryFiles } from "../support/memory-files.ts";

const folder = "/home/me/.aws-login";
const plain = '{"refreshToken": "made-up"}';
const sealed = '{"clientSecret": "sealed:1:key:AAAA"}';
const contents = {
  [`${folder}/tokens/plain.json`]: plain,
  [`${folder}/tokens/none.json`]: '{"accessToken": "made-up"}',
  [`${folder}/tokens/plain.json.tmp`]: plain,
  [`${folder}/clients/sealed.json`]: sealed,
  [`${folder}/credentials/plain.json`]: plain,
};

/** The names in the folder, as the real system lists them. */
function files(busy: (() => unknown)[] = []): MemoryFiles {
  const memory = memoryFiles(contents, busy);
  const listFolder = async (path: string) =>
    [...memory.files.keys()].flatMap((file) =>
      file.startsWith(`${path}/`) ? file.slice(path.length + 1) : [],
    );
  return { ...memory, listFolder };
}

test("eachFileWith() finds the tokens and registrations with such secrets, and no other files", async () => {
  for (const [which, expected] of [
    ["plain", [`${folder}/tokens/plain.json`, plain]],
    ["sealed", [`${folder}/clients/sealed.json`, sealed]],
  ] as const) {
    const found: string[] = [];
    await eachFileWith(which, files(), folder, async (path, text) => found.push(path, text));
    expect(found).toEqual([...expected]);
  }
});

test("eachLockedFileWith() changes a file under its lock", async () => {
  const memory = files();
  const change = async (path: string) => memory.replaceFile(path, "changed");
  expect(await eachLockedFileWith("plain", memory, folder, change)).toBe("all-done");
  expect(memory.log.map((line) => line.split(" ")[0])).toEqual(["check", "make", "lock", "write"]);
  expect(memory.files.get(`${folder}/tokens/plain.json`)).toBe("changed");
});

test("eachLockedFileWith() leaves a file that another process has locked, and one that it has changed", async () => {
  const left = async () => {
    throw new Error("no file is to be changed");
  };
  const meanwhile = () => {};
  expect(await eachLockedFileWith("plain", files([meanwhile]), folder, left)).toBe("some-busy");
  const memory = files();
  const changedFirst: MemoryFiles = {
    ...memory,
    withLock: async (path, wait, work) => {
      memory.files.set(`${folder}/tokens/plain.json`, sealed);
      return memory.withLock(path, wait, work);
    },
  };
  expect(await eachLockedFileWith("plain", changedFirst, folder, left)).toBe("all-done");
});
