import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBytesOnWindows } from "../../src/system/read-file-windows.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-windows-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("readBytesOnWindows()", () => {
  test("readBytesOnWindows() reads a file over several chunks, and an empty one", async () => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);
    await Bun.write(join(folder, "long"), bytes);
    await Bun.write(join(folder, "empty"), "");
    expect(await readBytesOnWindows(join(folder, "long"), 1_000_000)).toEqual(bytes);
    expect(await readBytesOnWindows(join(folder, "empty"), 10)).toEqual(new Uint8Array());
  });

  test("readBytesOnWindows() reads one byte more than it was allowed, so that the caller sees the excess", async () => {
    await Bun.write(join(folder, "excess"), "0123456789");
    expect(await readBytesOnWindows(join(folder, "excess"), 4)).toHaveLength(5);
  });

  test("readBytesOnWindows() rejects for a file that does not exist", async () => {
    await expect(readBytesOnWindows(join(folder, "none"), 10)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
