import { describe, expect, test } from "bun:test";
import { lineAt, parseIni } from "../../src/config/ini.ts";

function headers(text: string): string[] {
  return parseIni(text, "config").sections.map(({ header }) => header);
}

const found: Record<string, { text: string; headers: string[] }> = {
  "finds sections in the order of the file": { text: "[b]\nx = 1\n[a]\ny = 2\n", headers: ["b", "a"] },
  "keeps two sections of one name apart": { text: "[a]\n[b]\n[a]", headers: ["a", "b", "a"] },
  "trims blanks inside the brackets": { text: "[ \tprofile foo\t ]", headers: ["profile foo"] },
  "ignores a comment that touches the bracket": { text: "[a]; one\n[b]# two", headers: ["a", "b"] },
  "ends a header at its first bracket": { text: "[a] # see [b]", headers: ["a"] },
  "ignores what else follows the bracket": { text: "[a] stray", headers: ["a"] },
  "takes an indented header for one": { text: "[a]\nx = 1\n  [b]\ny = 1", headers: ["a", "b"] },
  "takes a header behind a tab for one": { text: "[a]\n\t[b]", headers: ["a", "b"] },
  "does not take a bracket in a value for a header": { text: "[a]\nx = [b]", headers: ["a"] },
  "does not take a bracket in a comment for a header": { text: "# [a]\n[b]", headers: ["b"] },
  "does not take an indented bracket without its other half for one": {
    text: "[a]\nx = 1\n [b",
    headers: ["a"],
  },
  "reads a file with a byte order mark": { text: "\ufeff[a]\nx = 1", headers: ["a"] },
  "reads a file with carriage returns": { text: "[a]\r\nx = 1\r\n[b]\r\n", headers: ["a", "b"] },
  "finds nothing in an empty file": { text: "", headers: [] },
};

describe("parseIni()", () => {
  for (const [sentence, { text, headers: expected }] of Object.entries(found)) {
    test(`parseIni() ${sentence}`, () => expect(headers(text)).toEqual(expected));
  }

  test("parseIni() marks a header without its closing bracket", () => {
    expect(parseIni("[profile foo\nx = 1", "config").sections).toMatchObject([
      { header: "profile foo", closed: false },
    ]);
  });

  test("parseIni() takes no header that holds a carriage return for whole", () => {
    const text = "[default\raws_secret_access_key = made-up\r[dev]\r";
    expect(parseIni(text, "credentials").sections).toMatchObject([{ closed: false }]);
  });

  const strays: Record<string, { text: string; stray: number | undefined }> = {
    "finds a setting before the first section": { text: "# c\n\nx = 1\n[a]", stray: 5 },
    "finds a setting in a file without sections": { text: "c", stray: 0 },
    "finds no setting in blank lines and comments": {
      text: "\n \t\n # a\n; b\r\n[a]\nx = 1",
      stray: undefined,
    },
  };
  for (const [sentence, { text, stray }] of Object.entries(strays)) {
    test(`parseIni() ${sentence}`, () => expect(parseIni(text, "config").stray).toBe(stray));
  }
});

test("lineAt() counts lines from one", () => {
  const text = "a\nb\r\nc";
  expect([0, 1, 2, 5].map((offset) => lineAt(text, offset))).toEqual([1, 1, 2, 3]);
});
