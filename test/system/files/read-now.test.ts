import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { namesIn, readNow } from "../../../src/system/files/read-now.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-now-"));
  await Bun.write(join(folder, "empty"), "");
  await Bun.write(join(folder, "text"), "zwölf");
  await Bun.write(join(folder, "read-only"), "for reading");
  await chmod(join(folder, "read-only"), 0o400);
});
afterAll(() => rm(folder, { recursive: true }));

describe("readNow()", () => {
  const cases: Record<string, string | undefined> = {
    text: "zwölf",
    empty: "",
    "read-only": "for reading",
    none: undefined,
    "": undefined,
  };
  for (const [name, text] of Object.entries(cases)) {
    test(`readNow() reads ${name || "no folder"}`, () => {
      expect(readNow(join(folder, name))).toBe(text);
    });
  }
});

describe("namesIn()", () => {
  test("namesIn() names the files of a folder", () => {
    expect([...namesIn(folder)].toSorted()).toEqual(["empty", "read-only", "text"]);
  });

  test("namesIn() has none where there is no folder, or a file", () => {
    expect([namesIn(join(folder, "none")), namesIn(join(folder, "text"))]).toEqual([[], []]);
  });
});
