import { describe, expect, test } from "bun:test";
import {
  beginningInAnyCase,
  beginningWith,
  describedLines,
  foldedInPlace,
  hasName,
  NO_LINES,
  nameLines,
  together,
} from "../../src/lib/name-lines.ts";

const lines = nameLines(["prod b", "Prod", "prod", "dev", "prod", "zed"], "account");

describe("nameLines()", () => {
  test("nameLines() has each name once, in the order of code units", () => {
    expect(lines).toBe("\nProd\taccount\ndev\taccount\nprod\taccount\nprod b\taccount\nzed\taccount\n");
    expect(nameLines([], "account")).toBe(NO_LINES);
  });

  test("describedLines() says something else of each name", () => {
    expect(describedLines(new Map(Object.entries({ b: "two", "a b": "three", a: "one" })))).toBe(
      "\na\tone\na b\tthree\nb\ttwo\n",
    );
    expect(describedLines(new Map())).toBe(NO_LINES);
  });
});

test("beginningWith() has the names that begin as typed", () => {
  expect(beginningWith("prod", lines)).toBe("\nprod\taccount\nprod b\taccount\n");
  expect(beginningWith("z", lines)).toBe("\nzed\taccount\n");
  expect(beginningWith("P", lines)).toBe("\nProd\taccount\n");
  expect(beginningWith("", lines)).toBe(lines);
  for (const prefix of ["x", "rod", "prod c", "prod\ta", "dev\taccount\nprod"])
    expect(beginningWith(prefix, lines)).toBe(NO_LINES);
  expect([beginningWith("", NO_LINES), beginningWith("a", NO_LINES)]).toEqual([NO_LINES, NO_LINES]);
});

test("beginningInAnyCase() has the names that begin so in any case", () => {
  expect(beginningInAnyCase("PR", lines)).toBe("\nProd\taccount\nprod\taccount\nprod b\taccount\n");
  expect(beginningInAnyCase("", lines)).toBe(lines);
  expect(beginningInAnyCase("ze", lines)).toBe("\nzed\taccount\n");
  for (const prefix of ["x", "prod\ta"]) expect(beginningInAnyCase(prefix, lines)).toBe(NO_LINES);
  expect([beginningInAnyCase("", NO_LINES), beginningInAnyCase("a", NO_LINES)]).toEqual([NO_LINES, NO_LINES]);
});

test("foldedInPlace() leaves a text as it is where lower case would move characters", () => {
  expect([foldedInPlace("ÄB"), foldedInPlace("İB")]).toEqual(["äb", "İB"]);
});

test("hasName() finds every name, and no part of one", () => {
  const names = Array.from({ length: 40 }, (_, index) => `n${index}`);
  for (const count of [0, 1, 2, 3, 40]) {
    const text = nameLines(names.slice(0, count), "x");
    for (const [index, name] of names.entries())
      expect([name, hasName(name, text)]).toEqual([name, index < count]);
    for (const name of ["", "n", "n0 ", "a", "z", "x"]) expect(hasName(name, text)).toBe(false);
  }
});

test("together() has each name once, with the line of the longest text", () => {
  const profiles = nameLines(["dev", "only"], "profile");
  const roles = nameLines(["only", "Admin"], "role");
  const found = together([profiles, lines, roles]).split("\n");
  expect(found.toSorted()).toEqual([
    "",
    ...["Admin\trole", "Prod\taccount", "dev\taccount", "only\tprofile", "prod\taccount"],
    ...["prod b\taccount", "zed\taccount"],
  ]);
  expect(found.at(-1)).toBe("");
  expect(together([])).toBe("");
  expect(together([NO_LINES, NO_LINES])).toBe("");
  expect(together([profiles, profiles])).toBe(profiles.slice(1));
});
