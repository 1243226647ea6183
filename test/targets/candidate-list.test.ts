import { describe, expect, test } from "bun:test";
import { type Candidate, labelOf, sortKey } from "../../src/targets/candidate.ts";
import {
  type CandidateList,
  candidateList,
  candidatesAt,
  indexOfKey,
  labelled,
  mergedLists,
  withoutIndexes,
} from "../../src/targets/candidate-list.ts";

const named = (profile: string): Candidate => ({ profile, options: { profile } });
const listOf = (...names: string[]) => candidateList(names.map(named));
const labels = (list: CandidateList) => candidatesAt(list, [...list.texts.keys()]).map(labelOf);

describe("candidateList()", () => {
  test("candidateList() goes by code points of the label, then by account", () => {
    const one = { accountId: "111111111111", accountName: "b", roleName: "R", options: {} };
    const two = { ...one, accountId: "222222222222" };
    const list = candidateList([named("ä"), two, named("Z"), one, named("a")]);
    const found = candidatesAt(list, [0, 1, 2, 3, 4]);
    expect(found.map((candidate) => candidate.accountId ?? labelOf(candidate))).toEqual([
      "Z",
      "a",
      "111111111111",
      "222222222222",
      "ä",
    ]);
    expect(list.keyAt(2)).toBe(sortKey(one));
  });

  test("candidateList() has the searched members in lower case, apart", () => {
    const role = {
      accountId: "111111111111",
      accountName: "Prod",
      roleName: "Admin",
      email: "P@my.org",
      options: {},
    };
    expect(candidateList([role]).texts.map((text) => text.split("\0").filter(Boolean))).toEqual([
      ["prod", "111111111111", "admin", "p@my.org"],
    ]);
  });

  test("candidateList() has nothing beyond its end", () => {
    expect(() => listOf("a").at(1)).toThrow(RangeError);
    expect(() => mergedLists(listOf("a"), listOf("b")).at(2)).toThrow(RangeError);
    expect(() => mergedLists(listOf(), listOf()).keyAt(0)).toThrow(RangeError);
  });
});

describe("mergedLists()", () => {
  test("mergedLists() is the list of all candidates, whichever is the longer", () => {
    const letters = [..."abcdefghijklmnopqrstuvwxyz"];
    for (const chosen of ["", "a", "z", "m", "az", "aceg", "wxyz", "abcdefghijklmnopqrstuvwxy"]) {
      const one = letters.filter((letter) => chosen.includes(letter));
      const other = letters.filter((letter) => !chosen.includes(letter));
      for (const merged of [
        mergedLists(listOf(...one), listOf(...other)),
        mergedLists(listOf(...other), listOf(...one)),
      ]) {
        expect([merged.length, labels(merged)]).toEqual([26, letters]);
        expect(merged.texts.map((text) => text.replaceAll("\0", ""))).toEqual(letters);
        expect(letters.map((letter) => indexOfKey(merged, sortKey(named(letter))))).toEqual([
          ...letters.keys(),
        ]);
      }
    }
  });
});

test("withoutIndexes() leaves these candidates out", () => {
  const list = listOf("a", "b", "c", "d");
  const without = (...indexes: number[]) => labels(withoutIndexes(list, indexes)).join("");
  expect([without(), without(0), without(3), without(1, 2), without(0, 1, 2, 3)]).toEqual([
    "abcd",
    "bcd",
    "abc",
    "ad",
    "",
  ]);
});

test("indexOfKey() and labelled() find by the whole key and the whole label", () => {
  const list = listOf("a", "ab", "b");
  expect([indexOfKey(list, sortKey(named("ab"))), indexOfKey(list, "ab"), indexOfKey(list, "zz")]).toEqual([
    1,
    undefined,
    undefined,
  ]);
  const one = { accountId: "111111111111", accountName: "x", roleName: "R", options: {} };
  const same = candidateList([named("x/R"), one, { ...one, accountId: "222222222222" }, named("x/R2")]);
  expect([labelled("x/R", same), labelled("x", same), labelled("y", same)]).toEqual([[0, 1, 2], [], []]);
});
