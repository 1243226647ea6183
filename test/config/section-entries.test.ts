import { describe, expect, test } from "bun:test";
import { parseIni } from "../../src/config/ini.ts";
import { sectionEntries } from "../../src/config/section-entries.ts";

/** The entries of the first section, each offset replaced by the text it marks. */
function entriesOf(text: string) {
  const file = parseIni(text, "config");
  const [section] = file.sections;
  if (section === undefined) throw new Error("the text has no section");
  return sectionEntries(file, section).map(({ key, indent, value, continued, end }) => ({
    key,
    indent,
    value: text.slice(value.from, value.to),
    continued: continued.map(({ from, to }) => text.slice(from, to)),
    rest: text.slice(end),
  }));
}

const one: Record<string, { text: string; key?: string; indent?: string; value: string }> = {
  "the value without its blanks": { text: "[a]\nx =  1 \t\n", value: "1" },
  "a value without blanks around it": { text: "[a]\nx=1", value: "1" },
  "a value without its comment": { text: "[a]\nx = 1 # one\n", value: "1" },
  "a value with a number sign in it": { text: "[a]\nx =#1;2\n", value: "#1;2" },
  "an empty value": { text: "[a]\nx =\n", value: "" },
  "an empty value with a comment": { text: "[a]\nx = ; none\n", value: "" },
  "a value with an equals sign": { text: "[a]\nx = y=z\n", value: "y=z" },
  "a value before a carriage return": { text: "[a]\r\nx = 1 \r\n", value: "1" },
  "the name in lower case, and what stands before it": {
    text: "[a]\n \tX Y = 1\n",
    key: "x y",
    indent: " \t",
    value: "1",
  },
};

describe("sectionEntries", () => {
  for (const [sentence, { text, key = "x", indent = "", value }] of Object.entries(one)) {
    test(`sectionEntries marks ${sentence}`, () => {
      expect(entriesOf(text)).toEqual([{ key, indent, value, continued: [], rest: "" }]);
    });
  }

  test("sectionEntries keeps repeated names apart and ends with the section", () => {
    expect(entriesOf("[a]\nx = 1\n# c\nx = 2\n\n[b]\ny = 3\n")).toEqual([
      { key: "x", indent: "", value: "1", continued: [], rest: "# c\nx = 2\n\n[b]\ny = 3\n" },
      { key: "x", indent: "", value: "2", continued: [], rest: "\n[b]\ny = 3\n" },
    ]);
  });

  test("sectionEntries gives a setting the lines that go on from it, without the comments among them", () => {
    expect(entriesOf("[a]\n x = 1\n  y\n  # c\n\n  z = 2\n w = 3")).toEqual([
      { key: "x", indent: " ", value: "1", continued: ["  y\n", "  z = 2\n"], rest: " w = 3" },
      { key: "w", indent: " ", value: "3", continued: [], rest: "" },
    ]);
  });
});
