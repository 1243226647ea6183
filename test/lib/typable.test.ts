import { expect, test } from "bun:test";
import { isTypable } from "../../src/lib/typable.ts";

test("isTypable() refuses what begins like an option", () => {
  expect([isTypable("-"), isTypable("--x"), isTypable("a-")]).toEqual([false, false, true]);
});

test("isTypable() refuses names that no command line can hold safely", () => {
  const names = ["", "a\u001b[31m", "a\nb", "a\u202eb", "a\ufffdb", "a\tb", "a\u2028b"];
  expect(names.filter(isTypable)).toEqual([]);
  expect(["Zürich", "it's $(x)", " a"].every(isTypable)).toBe(true);
});
