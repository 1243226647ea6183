import { describe, expect, test } from "bun:test";
import { type Entry, entryFacts, formatEntry, parseEntry } from "../../../src/credentials/cache/entry.ts";
import { keptRole, key } from "../../support/cached-credentials.ts";
import { noon } from "../../support/fake-system.ts";

const entries: Record<string, Entry> = {
  credentials: { cached: keptRole(), note: undefined },
  "credentials that depend on files": {
    cached: keptRole({
      dependsOn: ["/a path\nof two lines", "12 34 /a path", "/b", "no /b"],
      retryAt: noon + 9,
    }),
    note: undefined,
  },
  "a note": { cached: undefined, note: { at: noon, text: '{"message":"a b  c"}' } },
  "credentials and a note": { cached: keptRole(), note: { at: noon, text: "nothing" } },
  nothing: { cached: undefined, note: undefined },
};

describe("parseEntry()", () => {
  test.each(Object.entries(entries))("parseEntry() reads what formatEntry() wrote: %s", (_, entry) => {
    expect(parseEntry(formatEntry(key, entry), key)).toEqual(entry);
  });

  const text = formatEntry(key, { cached: keptRole(), note: undefined });
  const others: Record<string, [string, typeof key]> = {
    "another request": [text, { ...key, request: '["a request "]' }],
    "a request that begins the same": [text, { ...key, request: '["a requ' }],
    "other files": [text, { ...key, files: "/config another " }],
    "another form": [text.replace("credentials 1", "credentials 2"), key],
    "an empty file": ["", key],
    "a file of another kind": ['{"accessToken": "made-up"}', key],
  };
  test.each(Object.entries(others))("parseEntry() takes no entry for %s", (_, [content, asked]) => {
    expect(parseEntry(content, asked)).toBeUndefined();
  });

  test("parseEntry() takes no part of an entry for one", () => {
    for (let length = 0; length < text.length; length++)
      expect(parseEntry(text.slice(0, length), key)).toBeUndefined();
  });

  test("parseEntry() takes no entry for one in which a single bit has changed", () => {
    for (let at = 0; at < text.length; at++) {
      for (const bit of [1, 32]) {
        const changed =
          text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ bit) + text.slice(at + 1);
        expect(parseEntry(changed, key)).toBeUndefined();
      }
    }
  });

  test("formatEntry() ends the credential_process answer at its own line end", () => {
    expect(parseEntry(text, key)?.cached?.answer).toBe(keptRole().answer);
    expect(text).toContain(`\n${keptRole().answer}`);
  });
});

describe("entryFacts()", () => {
  const facts: Record<string, [Entry, number]> = {
    "credentials by their end": [
      entries.credentials ?? { cached: undefined, note: undefined },
      noon + 3_600_000,
    ],
    "a note by its time": [entries["a note"] ?? { cached: undefined, note: undefined }, noon],
    "nothing by the beginning of time": [{ cached: undefined, note: undefined }, 0],
  };
  test.each(Object.entries(facts))("entryFacts() tells the use of %s", (_, [entry, end]) => {
    const { cached } = entry;
    expect(entryFacts(formatEntry(key, entry))).toEqual({
      request: key.request,
      dependsOn: ["/config", "a mark"],
      cached,
      end,
    });
  });

  test("entryFacts() names the files that credentials depend on", () => {
    const cached = keptRole({ dependsOn: ["/token", "a mark"] });
    const facts = entryFacts(formatEntry(key, { cached, note: undefined }));
    expect(facts?.dependsOn).toEqual(["/config", "a mark", "/token", "a mark"]);
  });

  test("entryFacts() knows nothing of other files", () => {
    expect(entryFacts("")).toBeUndefined();
    expect(entryFacts("something\n")).toBeUndefined();
    expect(
      entryFacts(formatEntry(key, { cached: keptRole(), note: undefined }).replace("/config", "/confix")),
    ).toBeUndefined();
  });
});
