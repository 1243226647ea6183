import { describe, expect, test } from "bun:test";
import { isOneSlipAway, nameList, nearest } from "../../src/lib/suggest.ts";

const options = ["--profile", "--region", "--start-url", "--sso-region", "--sso-acct-id", "--nrt"];

const cases: Record<string, { word: string; candidates: readonly string[]; found: string | undefined }> = {
  "finds a word with a letter missing": { word: "--profle", candidates: options, found: "--profile" },
  "finds a word with a letter too many": { word: "--regiion", candidates: options, found: "--region" },
  "finds a word with two letters swapped": { word: "--strat-url", candidates: options, found: "--start-url" },
  "finds a word in another case": {
    word: "PROD-ADMIN",
    candidates: ["dev", "prod-admin"],
    found: "prod-admin",
  },
  "prefers the closer of two": { word: "prod2", candidates: ["prod11", "prod1"], found: "prod1" },
  "takes the first of equally close words": { word: "prod", candidates: ["prod1", "prod2"], found: "prod1" },
  "finds nothing for a word unlike the others": {
    word: "--frobnicate",
    candidates: options,
    found: undefined,
  },
  "finds nothing when every letter differs": { word: "a", candidates: ["b"], found: undefined },
  "counts a swap of neighbours as one slip": { word: "acb", candidates: ["abc"], found: "abc" },
  "finds nothing among no words": { word: "x", candidates: [], found: undefined },
  "finds nothing for an empty word": { word: "", candidates: ["a", "bc"], found: undefined },
};

describe("nearest()", () => {
  for (const [sentence, { word, candidates, found }] of Object.entries(cases)) {
    test(`nearest() ${sentence}`, () => expect(nearest(word, candidates)).toBe(found));
  }
});

describe("nameList()", () => {
  const lists: Record<string, [names: string[], text: string]> = {
    "says that there is none": [[], "none"],
    "puts the names on one line": [["a", "b"], "a, b"],
    "shows eight": [[..."abcdefgh"], "a, b, c, d, e, f, g, h"],
    "counts what it does not show": [[..."abcdefghij"], "a, b, c, d, e, f, g, h and 2 more"],
  };
  for (const [name, [names, text]] of Object.entries(lists)) {
    test(`nameList() ${name}`, () => expect(nameList(names)).toBe(text));
  }
});

test("isOneSlipAway() takes one letter missing, added, wrong or swapped, and no more", () => {
  const away = ["regio", "regionn", "regian", "reigon", "region", "reign0", "regi"];
  expect(away.map((word) => isOneSlipAway(word, "region"))).toEqual([
    ...[true, true, true, true],
    ...[false, false, false],
  ]);
});
