import { describe, expect, test } from "bun:test";
import { formatEntry } from "../../../src/credentials/cache/entry.ts";
import { credentialFolder, entryOf, entryPath } from "../../../src/credentials/cache/read.ts";
import { keptRole, key } from "../../support/cached-credentials.ts";
import { memoryFiles } from "../../support/memory-files.ts";

const path = entryPath("/own", key.request);

describe("entryPath()", () => {
  test("entryPath() is one file in the folder for each request", () => {
    expect(path).toMatch(/^\/own\/credentials\/\d+-\d+$/);
    expect(path).toStartWith(`${credentialFolder("/own")}/`);
    expect(entryPath("/own", `${key.request} `)).not.toBe(path);
  });
});

describe("entryOf()", () => {
  const files = memoryFiles({ "/token": "one", "/portals": "all" });
  const fingerprints = [
    "/token",
    files.fileFingerprint("/token") ?? "",
    "/portals",
    files.fileFingerprint("/portals") ?? "",
  ];
  const text = formatEntry(key, { cached: keptRole({ dependsOn: fingerprints }), note: undefined });

  test("entryOf() finds nothing where nothing is, or another request's entry of the same name", () => {
    const other = { ...key, request: "another" };
    expect(entryOf(undefined, key, files)).toBeUndefined();
    expect(entryOf(formatEntry(other, { cached: keptRole(), note: undefined }), key, files)).toBeUndefined();
  });
  test("entryOf() serves while the files are as they were", () => {
    expect(entryOf(text, key, files)?.cached?.dependsOn).toEqual(fingerprints);
  });
  test("entryOf() serves no longer when one of them has changed or is gone", () => {
    expect(entryOf(text, key, memoryFiles({ "/token": "one", "/portals": "none" }))).toBeUndefined();
    expect(entryOf(text, key, memoryFiles({ "/token": "one" }))).toBeUndefined();
    expect(entryOf(text, key, { fileFingerprint: () => undefined })).toBeUndefined();
  });
});
