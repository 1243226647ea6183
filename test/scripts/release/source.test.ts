import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { versionsIn } from "../../../scripts/release/changelog.ts";
import { readSource, refusal, sourceTime, warnings } from "../../../scripts/release/source.ts";
import { version } from "../../../src/lib/version.ts";
import { root } from "../../support/source-tree.ts";

describe("versionsIn()", () => {
  test("has the versions of a changelog, newest first, without what is in none yet", () => {
    const text =
      "# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2026-02-03\n\n### Added\n\n## [1.0.0] - 2026-01-02\n";
    expect(versionsIn(text)).toEqual(["1.1.0", "1.0.0"]);
  });

  test("the newest in CHANGELOG.md is that of package.json", async () => {
    const [newest] = versionsIn(await Bun.file(join(root, "CHANGELOG.md")).text());
    expect(newest).toBe(version);
  });
});

describe("sourceTime()", () => {
  const cases: Readonly<Record<string, readonly [string | undefined, string | undefined, number]>> = {
    "takes SOURCE_DATE_EPOCH before the commit": ["1767323045", "1767000000", 1_767_323_045],
    "takes the commit when that is not set, or empty": ["", "1767000000", 1_767_000_000],
    "is the start of 1980 when neither is known": [undefined, undefined, 315_532_800],
    "is no earlier, which a zip archive could not hold": ["0", "1767000000", 315_532_800],
  };
  for (const [sentence, [wanted, committed, time]] of Object.entries(cases)) {
    test(sentence, () => {
      expect(sourceTime(wanted, committed)).toBe(time);
    });
  }

  test("refuses what is no number of seconds", () => {
    expect(() => sourceTime("yesterday", undefined)).toThrow(
      "SOURCE_DATE_EPOCH is no number of seconds: yesterday",
    );
  });
});

describe("refusal()", () => {
  const fit = { version: "1.2.3", newest: "1.2.3", bun: "1.4.5", wantedBun: "1.4.5" };

  test("is nothing for a version with an entry and the right Bun", () => {
    expect(refusal(fit)).toBeUndefined();
  });

  test("says that the changelog has no entry for the version", () => {
    expect(refusal({ ...fit, newest: "1.2.2" })).toBe(
      "cannot release 1.2.3: the newest entry of CHANGELOG.md is for 1.2.2; write one",
    );
    expect(refusal({ ...fit, newest: undefined })).toContain("is for no version; write one");
  });

  test("says which Bun it takes", () => {
    expect(refusal({ ...fit, bun: "1.4.4" })).toBe(
      "cannot release with Bun 1.4.4: package.json names 1.4.5; run: npx bun@1.4.5 run release",
    );
  });
});

describe("warnings()", () => {
  const cases: Readonly<Record<string, readonly [string | undefined, readonly string[], readonly string[]]>> =
    {
      "are none for a commit as it is": ["c0ffee", [], []],
      "tell of a file that is another": ["c0ffee", ["README.md"], ["not as in the commit: README.md"]],
      "count when there are several": ["c0ffee", ["a", "b", "c"], ["not as in the commit: a and 2 more"]],
      "tell when there is no commit": [undefined, [], ["git knows no commit of this folder"]],
    };
  for (const [sentence, [commit, changed, expected]] of Object.entries(cases)) {
    test(sentence, () => {
      expect(warnings({ commit, changed })).toEqual([...expected]);
    });
  }
});

test("readSource() reads this project", async () => {
  const source = await readSource({ SOURCE_DATE_EPOCH: "1767323045" });
  expect(source).toMatchObject({ version, time: 1_767_323_045 });
});
