import { afterEach, beforeEach, expect, test } from "bun:test";
import { chmod, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  isReadableByOthers,
  listFolder,
  makeFolder,
  readBytes,
  removeFile,
} from "../../../src/system/files/files.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-files-"));
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test("readBytes() hands on what is no text, and nothing when there is no file", async () => {
  await writeFile(join(folder, "a"), Uint8Array.of(0xef, 0xbb, 0xbf, 0xff));
  expect([...((await readBytes(join(folder, "a"))) ?? [])]).toEqual([0xef, 0xbb, 0xbf, 0xff]);
  expect(await readBytes(join(folder, "b"))).toBeUndefined();
  await expect(readBytes(folder)).rejects.toThrow();
  await expect(readBytes(folder, "read")).rejects.toThrow("it is neither a file nor a pipe");
});

test.skipIf(process.platform === "win32")(
  "isReadableByOthers() tells whether the group or other users may read the file",
  async () => {
    const file = join(folder, "key.pem");
    await writeFile(file, "");
    const found: boolean[] = [];
    for (const mode of [0o600, 0o700, 0o640, 0o604, 0o622]) {
      await chmod(file, mode);
      found.push(await isReadableByOthers(file));
    }
    expect(found).toEqual([false, false, true, true, false]);
    await expect(isReadableByOthers(join(folder, "none"))).rejects.toThrow();
  },
);

test("removeFile() does nothing when there is no such file", async () => {
  await writeFile(join(folder, "a"), "");
  await removeFile(join(folder, "a"));
  await removeFile(join(folder, "a"));
  expect(await readdir(folder)).toEqual([]);
});

test("listFolder() has no names where there is no folder", async () => {
  await writeFile(join(folder, "a"), "");
  expect(await listFolder(folder)).toEqual(["a"]);
  expect(await listFolder(join(folder, "none"))).toEqual([]);
  expect(await listFolder(join(folder, "a"))).toEqual([]);
  expect(await listFolder(join(folder, "a", "b"))).toEqual([]);
});

test("makeFolder() makes folders that their owner can use, whatever the umask", async () => {
  const before = process.umask(0o777);
  try {
    await makeFolder(join(folder, "a/b/c"));
  } finally {
    process.umask(before);
  }
  const all = ["a", "a/b", "a/b/c"].map((name) => modeOf(join(folder, name)));
  expect(await Promise.all(all)).toEqual(["700", "700", "700"]);
});

test("makeFolder() takes a link to a folder for one, and rejects for anything else that is there", async () => {
  await symlink(folder, join(folder, "link"));
  await makeFolder(join(folder, "link"));
  await writeFile(join(folder, "file"), "");
  await expect(makeFolder(join(folder, "file"))).rejects.toThrow("EEXIST");
  await expect(makeFolder(join(folder, "file/below"))).rejects.toThrow("ENOTDIR");
});

test.skipIf(process.platform !== "linux")(
  "makeFolder() rejects where the system answers ENOENT though the folder above exists",
  async () => {
    await expect(makeFolder("/proc/none/below")).rejects.toMatchObject({ code: "ENOENT" });
  },
);

test("makeFolder() makes what is missing for its owner alone, and leaves what exists as it is", async () => {
  await chmod(folder, 0o755);
  await makeFolder(join(folder, "a/b"));
  expect([await modeOf(folder), await modeOf(join(folder, "a")), await modeOf(join(folder, "a/b"))]).toEqual([
    "755",
    "700",
    "700",
  ]);
});
