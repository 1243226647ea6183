import { expect, test } from "bun:test";
import { KNOWN_SETTINGS } from "../../src/config/known-settings.ts";
import { isOneSlipAway } from "../../src/lib/suggest.ts";
import { readSources } from "../support/source-tree.ts";

test("KNOWN_SETTINGS has every setting of a profile that this program reads", async () => {
  const sources = await readSources("src");
  const read = sources.flatMap(({ code, path }) =>
    /^src\/(config|credentials|sso)\//.test(path)
      ? [...code.matchAll(/(?:propertyOf|fromProfile)\(\s*\w+,\s*"(\w+)"|profile\?*\.get\("(\w+)"\)/g)].map(
          ([, one, other]) => one ?? other ?? "",
        )
      : [],
  );
  expect(read.length).toBeGreaterThan(20);
  expect(read.filter((key) => !KNOWN_SETTINGS.has(key))).toEqual([]);
});

test("KNOWN_SETTINGS has names in lower case", () => {
  expect([...KNOWN_SETTINGS].filter((key) => !/^[a-z0-9_]+$/.test(key))).toEqual([]);
});

test("KNOWN_SETTINGS has no two names that are one slip apart", () => {
  const pairs = [...KNOWN_SETTINGS].flatMap((one) =>
    [...KNOWN_SETTINGS]
      .filter((other) => one < other && isOneSlipAway(one, other))
      .map((other) => [one, other]),
  );
  expect(pairs).toEqual([]);
});
