import { describe, expect, test } from "bun:test";
import { shellWords, windowsWords } from "../../src/lib/shell-words.ts";

const posix: Record<string, [string, string[] | undefined]> = {
  "separates at blanks": ["  a  b\tc\n", ["a", "b", "c"]],
  "finds no word in blanks": [" ", []],
  "keeps everything in single quotes": ["a 'b \"c\" \\d'", ["a", 'b "c" \\d']],
  "escapes two characters in double quotes": ['"a \\"b\\" \\\\ \\n \\$x"', ['a "b" \\ \\n \\$x']],
  "escapes any character outside quotes": ["a\\ b \\'c", ["a b", "'c"]],
  "joins pieces that touch": ["a'b c'\"d e\"f", ["ab cd ef"]],
  "keeps an empty word": ["a '' \"\"", ["a", "", ""]],
  "gives up on an open single quote": ["a 'b", undefined],
  "gives up on an open double quote": ['a "b\\"', undefined],
  "gives up on a backslash at the end": ["a\\", undefined],
};

const windows: Record<string, [string, string[] | undefined]> = {
  "keeps blanks in double quotes and backslashes anywhere": [
    '"C:\\Program Files\\b.exe" -new %s',
    ["C:\\Program Files\\b.exe", "-new", "%s"],
  ],
  "finds no word in blanks": [" ", []],
  "keeps an empty word": ['a ""', ["a", ""]],
  "gives up on an open quote": ['a "b', undefined],
};

describe("shellWords()", () => {
  for (const [sentence, [line, words]] of Object.entries(posix)) {
    test(`shellWords() ${sentence}`, () => {
      expect(shellWords(line)?.map(({ text }) => text)).toEqual(words);
    });
  }
});

describe("windowsWords()", () => {
  for (const [sentence, [line, words]] of Object.entries(windows)) {
    test(`windowsWords() ${sentence}`, () => {
      expect(windowsWords(line)).toEqual(words);
    });
  }
});

test("shellWords() escapes in double quotes what the caller names", () => {
  expect(shellWords('"\\$x \\`"', '"\\$`')).toEqual([{ text: "$x `", quoted: true }]);
});

test("shellWords() says which words were quoted", () => {
  expect(shellWords("a 'b' c\\ d")).toEqual([
    { text: "a", quoted: false },
    { text: "b", quoted: true },
    { text: "c d", quoted: true },
  ]);
});
