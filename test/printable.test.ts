import { expect, test } from "bun:test";
import { printable } from "../src/printable.ts";

const CASES: Record<string, [string, string]> = {
  "leaves ordinary text alone": [
    "cannot read /home/jörg/設定: ¿why? 🙂 \\x",
    "cannot read /home/jörg/設定: ¿why? 🙂 \\x",
  ],
  "turns line breaks and tabs into spaces": ["one\r\ntwo\n\nthree\tfour", "one two three four"],
  "spells out an ANSI escape": ["\x1b[2J\x1b]0;owned\x07", "\\u{1b}[2J\\u{1b}]0;owned\\u{7}"],
  "spells out NUL, backspace and DEL": ["a\0b\bc\x7f", "a\\u{0}b\\u{8}c\\u{7f}"],
  "spells out the C1 escapes": ["\u009b31m\u0085", "\\u{9b}31m\\u{85}"],
  "spells out marks that turn the direction of writing": [
    "a\u202eb\u2066c\u200fd\u061c",
    "a\\u{202e}b\\u{2066}c\\u{200f}d\\u{61c}",
  ],
  "spells out line and paragraph separators": ["a\u2028b\u2029", "a\\u{2028}b\\u{2029}"],
  "spells out characters without width": ["a\u200bb\ufeffc\u{e0041}", "a\\u{200b}b\\u{feff}c\\u{e0041}"],
  "spells out half a surrogate pair": ["a\ud83d", "a\\u{d83d}"],
  "keeps 2,000 characters": ["x".repeat(2000), "x".repeat(2000)],
  "cuts what is longer": ["x".repeat(2345), `${"x".repeat(2000)}… (345 characters more)`],
};
for (const [sentence, [text, shown]] of Object.entries(CASES)) {
  test(`printable() ${sentence}`, () => expect(printable(text)).toBe(shown));
}
