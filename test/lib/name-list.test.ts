import { describe, expect, test } from "bun:test";
import { nameList } from "../../src/lib/name-list.ts";

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
