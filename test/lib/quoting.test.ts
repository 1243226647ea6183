import { describe, expect, test } from "bun:test";
import {
  quoteCmdAssignment,
  quoteEnvFile,
  quoteFish,
  quotePosix,
  quotePowerShell,
  shellWord,
} from "../../src/lib/quoting.ts";

test("shellWord() quotes only what a shell would not take as one word", () => {
  const words = ["dev", "https://d-1.awsapps.com/start", "a%20b", "my prof", "it's", "a$b", "a:=b", ""];
  expect(words.map(shellWord)).toEqual([
    "dev",
    "https://d-1.awsapps.com/start",
    "a%20b",
    "'my prof'",
    "'it'\\''s'",
    "'a$b'",
    "'a:=b'",
    "''",
  ]);
});

/** A value, and how each syntax writes it; undefined where it cannot. */
const VALUES: Record<string, [value: string, posix?: string, fish?: string, env?: string, cmd?: string]> = {
  "a token bare": ["Ab+/c==", "Ab+/c==", "Ab+/c==", "Ab+/c==", "N=Ab+/c=="],
  "a time bare": ["10:04Z", "10:04Z", "10:04Z", "10:04Z", "N=10:04Z"],
  "a leading = in quotes": ["=x", "'=x'", "'=x'", "'=x'", '"N==x"'],
  "blanks in quotes": ["a b", "'a b'", "'a b'", "'a b'", '"N=a b"'],
  "a single quote": ["it's", "'it'\\''s'", "'it\\'s'", "'it'\\''s'", `"N=it's"`],
  "nothing as an empty word": ["", "''", "''", "''", '"N="'],
  "a line break where the syntax has one": ["a\nb", "'a\nb'", "'a\nb'"],
  "no NUL": ["a\0b"],
  "a percent sign but for cmd.exe": ["a%b", "'a%b'", "'a%b'", "'a%b'"],
};
describe("the quoting functions write", () => {
  for (const [sentence, [value, posix, fish, env, cmd]] of Object.entries(VALUES)) {
    test(sentence, () => {
      expect([
        quotePosix(value),
        quoteFish(value),
        quoteEnvFile(value),
        quoteCmdAssignment("N", value),
      ]).toEqual([posix, fish, env, cmd]);
    });
  }
});

test("quotePowerShell() always quotes, doubles every single quote and refuses control characters", () => {
  expect(["a", "it's", "\u2018a\u2019", "a\nb"].map(quotePowerShell)).toEqual([
    "'a'",
    "'it''s'",
    "'\u2018\u2018a\u2019\u2019'",
    undefined,
  ]);
});
