import { expect, test } from "bun:test";
import { columnsOf, fitted, visible } from "../../src/lib/visible.ts";

test("visible() spells out what drives a terminal or cannot be seen, and nothing else", () => {
  expect(visible("a\x1b[2Jb\r\n\t\u202ec")).toBe("a\\u{1b}[2Jb\\u{d}\\u{a}\\u{9}\\u{202e}c");
  expect(visible("Zürich (東京) 🚀")).toBe("Zürich (東京) 🚀");
});

test("columnsOf() counts wide characters twice and combining ones not at all", () => {
  expect(["abc", "東京", "e\u0301", "🚀"].map(columnsOf)).toEqual([3, 4, 1, 2]);
});

test("fitted() fills and cuts to the column, and never halves a character", () => {
  expect(fitted("abc", 5)).toBe("abc  ");
  expect(fitted("abcdef", 4)).toBe("abc…");
  expect(fitted("東京都庁", 4)).toBe("東… ");
  expect(fitted("e\u0301e\u0301e\u0301", 2)).toBe("e\u0301…");
  expect(fitted("abc", 0)).toBe("");
});
