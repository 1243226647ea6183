import { describe, expect, test } from "bun:test";
import { recordReads } from "../../../src/credentials/cache/recorded-reads.ts";
import { contentFingerprint } from "../../../src/lib/digest.ts";
import { absentFingerprint } from "../../../src/lib/file-facts.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { memoryFiles } from "../../support/memory-files.ts";

function recorded(initial: Readonly<Record<string, string>>, instead = {}) {
  const files = memoryFiles(initial);
  return { files, ...recordReads(fakeSystem({ instead: { ...files, ...instead } })) };
}

describe("recordReads()", () => {
  test("recordReads() has the fingerprint of the content that was read, not of a later one", async () => {
    const { files, system, fingerprint } = recorded({ "/config": "one", "/own": "mine" });
    expect(await system.readText("/config")).toBe("one");
    expect(await system.readOwn("/own")).toBe("mine");
    files.files.set("/config", "two");
    expect(fingerprint("/config")).toBe(contentFingerprint("one"));
    expect(fingerprint("/own")).toBe(contentFingerprint("mine"));
  });

  test("recordReads() knows that a file did not exist, and nothing of a file that was not read", async () => {
    const { system, fingerprint } = recorded({ "/other": "x" });
    expect(await system.readText("/config")).toBeUndefined();
    expect(fingerprint("/config")).toBe(absentFingerprint);
    expect(fingerprint("/other")).toBeUndefined();
  });

  test("recordReads() has the fingerprint of the content that this run wrote", async () => {
    const { system, fingerprint } = recorded({ "/token": "old" });
    await system.readText("/token");
    await system.replaceFile("/token", "new");
    expect(fingerprint("/token")).toBe(contentFingerprint("new"));
  });

  test("recordReads() knows nothing of a file that could not be written, however often it is read", async () => {
    const { system, fingerprint } = recorded(
      { "/token": "old" },
      { replaceFile: async () => Promise.reject(new Error("ENOSPC")) },
    );
    await system.readText("/token");
    await expect(system.replaceFile("/token", "new")).rejects.toThrow("ENOSPC");
    await system.readText("/token");
    expect(fingerprint("/token")).toBeUndefined();
  });
});
