import { describe, expect, test } from "bun:test";
import { quotable } from "../../../src/aws/http/quotable.ts";

describe("quotable()", () => {
  const secret = "made-up-secret";
  const texts: Record<string, [words: string, most: number, shown: string]> = {
    "puts the words on one line": ["\n  one\n  two\r\n\tthree ", 99, "one two three"],
    "spells out characters that could drive a terminal": ["a\u001b[2Jb\u202ec", 99, "a\\u{1b}[2Jb\\u{202e}c"],
    "leaves a secret out wherever it stands": [
      `${secret}, ${secret}`,
      99,
      "(a secret, left out), (a secret, left out)",
    ],
    "cuts a text that is too long": ["abcdef", 3, "abc…"],
    "takes a secret out before it cuts the text": [`no: ${secret}`, 10, "no: (a sec…"],
  };
  for (const [name, [words, most, shown]] of Object.entries(texts)) {
    test(`quotable() ${name}`, () => expect(quotable(words, ["", secret], most)).toBe(shown));
  }
});
