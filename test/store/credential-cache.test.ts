import { describe, expect, test } from "bun:test";
import { credentialFolder, entryOf, entryPath, readEntry } from "../../src/store/credential-cache.ts";
import { formatEntry } from "../../src/store/credential-entry.ts";
import { keptRole, key } from "../support/kept.ts";
import { memoryFiles } from "../support/memory-files.ts";

const entry = { kept: keptRole(), note: undefined };
const path = entryPath("/own", key.request);

describe("entryPath()", () => {
  test("entryPath() is one file in the folder for each request", () => {
    expect(path).toMatch(/^\/own\/credentials\/\d+-\d+$/);
    expect(credentialFolder("/own")).toBe("/own/credentials");
    expect(entryPath("/own", `${key.request} `)).not.toBe(path);
  });
});

describe("readEntry()", () => {
  test("readEntry() finds what is kept for the request", () => {
    const files = memoryFiles({ [path]: formatEntry(key, entry) });
    expect(readEntry(files, "/own", key)).toEqual(entry);
  });

  test("readEntry() finds nothing where another request has the same name", () => {
    const files = memoryFiles({ [path]: formatEntry({ ...key, request: "another" }, entry) });
    expect(readEntry(files, "/own", key)).toBeUndefined();
  });

  test("readEntry() finds nothing where nothing is", () => {
    expect(readEntry(memoryFiles(), "/own", key)).toBeUndefined();
  });
});

describe("entryOf()", () => {
  const files = memoryFiles({ "/token": "one", "/portals": "all" });
  const marks = ["/token", files.fileMark("/token") ?? "", "/portals", files.fileMark("/portals") ?? ""];
  const text = formatEntry(key, { kept: keptRole({ dependsOn: marks }), note: undefined });

  test("entryOf() serves while the files are as they were", () => {
    expect(entryOf(text, key, files)?.kept?.dependsOn).toEqual(marks);
  });
  test("entryOf() serves no longer when one of them has changed or is gone", () => {
    expect(entryOf(text, key, memoryFiles({ "/token": "one", "/portals": "none" }))).toBeUndefined();
    expect(entryOf(text, key, memoryFiles({ "/token": "one" }))).toBeUndefined();
    expect(entryOf(text, key, { fileMark: () => undefined })).toBeUndefined();
  });
});
