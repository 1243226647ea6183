import { describe, expect, test } from "bun:test";
import { formatEntry } from "../../../src/credentials/cache/entry.ts";
import { credentialFolder, entryOf, entryPath } from "../../../src/credentials/cache/read.ts";
import { keptRole, key } from "../../support/cached-credentials.ts";
import { memoryFiles } from "../../support/memory-files.ts";

const path = entryPath("/own", key.request);

describe("entryPath()", () => {
  test("entryPath() gives each request one file in the folder", () => {
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

  test("entryOf() is undefined for no text, and for the entry of another request in a file of the same name", () => {
    const other = { ...key, request: "another" };
    expect(entryOf(undefined, key, files.fileFingerprint)).toBeUndefined();
    expect(
      entryOf(formatEntry(other, { cached: keptRole(), note: undefined }), key, files.fileFingerprint),
    ).toBeUndefined();
  });
  test("entryOf() returns the entry while its files have the same content", () => {
    expect(entryOf(text, key, files.fileFingerprint)?.cached?.dependsOn).toEqual(fingerprints);
  });
  test("entryOf() is undefined once one of its files has another content, is gone or cannot be read", () => {
    expect(
      entryOf(text, key, memoryFiles({ "/token": "one", "/portals": "none" }).fileFingerprint),
    ).toBeUndefined();
    expect(entryOf(text, key, memoryFiles({ "/token": "one" }).fileFingerprint)).toBeUndefined();
    expect(entryOf(text, key, () => undefined)).toBeUndefined();
  });
});
