import { expect, test } from "bun:test";
import { shellWord } from "../../src/lib/shell-word.ts";

test("shellWord() quotes what a shell would not take as one word", () => {
  const words = ["dev", "https://d-1.awsapps.com/start", "my prof", "it's", "a$b", ""];
  expect(words.map(shellWord)).toEqual([
    "dev",
    "https://d-1.awsapps.com/start",
    "'my prof'",
    "'it'\\''s'",
    "'a$b'",
    "''",
  ]);
});
