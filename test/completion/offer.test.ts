import { expect, test } from "bun:test";
import { beginningWith, isTypable } from "../../src/completion/offer.ts";

function names(prefix: string, ...offered: string[]): string[] {
  return beginningWith(
    prefix,
    offered.map((name) => ({ name, about: "" })),
  ).map(({ name }) => name);
}

test("beginningWith() takes another case only where none begins as it is typed", () => {
  expect(names("pr", "prod", "Prod", "dev")).toEqual(["prod"]);
  expect(names("PR", "prod", "Prod", "dev")).toEqual(["prod", "Prod"]);
});

test("beginningWith() leaves out names that no command line can hold safely", () => {
  expect(names("", "-x", "", "a\u001b[31m", "a\nb", "a\u202eb", "a\ufffdb", "Zürich", "it's $(x)")).toEqual([
    "Zürich",
    "it's $(x)",
  ]);
});

test("isTypable() refuses what begins like an option", () => {
  expect([isTypable("-"), isTypable("--x"), isTypable("a-")]).toEqual([false, false, true]);
});
