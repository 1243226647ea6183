import { expect, test } from "bun:test";
import { eachLineWith, foldedInPlace } from "../../src/completion/listing-lines.ts";

function lines(needle: string, text: string): string[] {
  const found: string[] = [];
  eachLineWith(needle, text, (start, end) => found.push(text.slice(start, end)));
  return found;
}

test("eachLineWith() finds each line once, at the beginning of a line or anywhere", () => {
  const text = "\nab ab\nxab\nb\n";
  expect(lines("ab", text)).toEqual(["ab ab", "xab"]);
  expect(lines("\nab", text)).toEqual(["ab ab"]);
  expect(lines("\n", text)).toEqual(["ab ab", "xab", "b"]);
  expect(lines("c", text)).toEqual([]);
});

test("eachLineWith() finds none in a text without lines", () => {
  expect([lines("\n", "\n"), lines("a", "a"), lines("\n", "")]).toEqual([[], [], []]);
});

test("foldedInPlace() leaves a text as it is where lower case would move characters", () => {
  expect([foldedInPlace("ÄB"), foldedInPlace("İB")]).toEqual(["äb", "İB"]);
});
