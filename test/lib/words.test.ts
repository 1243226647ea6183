import { expect, test } from "bun:test";
import { wordsOf } from "../../src/lib/words.ts";

test("wordsOf() gives what stands between blanks, and nothing for a text of blanks", () => {
  expect(wordsOf("  prod\t admin\n")).toEqual(["prod", "admin"]);
  for (const none of ["", " ", "\t\n"]) expect(wordsOf(none)).toEqual([]);
});
