import { describe, expect, test } from "bun:test";
import { parseIni } from "../../src/config/ini.ts";
import { type IniProperty, readEntries, readProperties } from "../../src/config/ini-properties.ts";
import { failureOf } from "./from-text.ts";

/** Values by name, or nested values by name. */
type Plain = { [name: string]: string | Plain };

function plain(properties: ReadonlyMap<string, IniProperty>): Plain {
  return Object.fromEntries(
    [...properties].map(([name, { value, nested }]) => [name, nested === undefined ? value : plain(nested)]),
  );
}

function read(body: string): Plain {
  const file = parseIni(`[s]\n${body}`, "/x/config");
  const [section] = file.sections;
  if (section === undefined) throw new Error("no section");
  return plain(readProperties(file, section));
}

const bodies: Record<string, { body: string; values: Plain }> = {
  "trims names and values": { body: "name \t=  \tvalue \t", values: { name: "value" } },
  "reads a property without spaces": { body: "name=value", values: { name: "value" } },
  "folds names to lower case": { body: "aWs_KeY = Value", values: { aws_key: "Value" } },
  "takes the last of a repeated name": { body: "name = one\nNAME = two", values: { name: "two" } },
  "splits at the first equals sign": { body: "name = a=b==", values: { name: "a=b==" } },
  "keeps an empty value": { body: "name =", values: { name: "" } },
  "keeps quotes around a value": { body: 'name = "value"', values: { name: '"value"' } },
  "keeps characters beyond ASCII": { body: "name = 😂ü", values: { name: "😂ü" } },
  "keeps leading zeros": {
    body: "sso_account_id = 012345678901",
    values: { sso_account_id: "012345678901" },
  },
  "reads lines that end in a carriage return": { body: "a = 1\r\nb = 2\r\n", values: { a: "1", b: "2" } },
  "reads a name that objects have of their own": {
    body: "__proto__ = 1\nconstructor = 2",
    values: { ["__proto__"]: "1", constructor: "2" },
  },
  "skips blank lines and comments": {
    body: "\n# one\n; two\n\t\na = 1\n  # three\nb = 2",
    values: { a: "1", b: "2" },
  },
  "cuts a comment after a blank": {
    body: "a = 1 # x # y\nb = 2\t;z\nc = 3 ;",
    values: { a: "1", b: "2", c: "3" },
  },
  "keeps a comment sign without a blank before it": {
    body: "a = 1; x\nb = 2# y\nc =#3",
    values: { a: "1; x", b: "2# y", c: "#3" },
  },
  "reads a value that is only a comment as empty": { body: "a = # nothing", values: { a: "" } },
  "joins indented lines to the value before": {
    body: "a = one\n -two\n\t-three  \nb = 2",
    values: { a: "one\n-two\n-three", b: "2" },
  },
  "keeps comments in a line that continues a value": {
    body: "a = one\n two # x\n three ; y",
    values: { a: "one\ntwo # x\nthree ; y" },
  },
  "keeps an equals sign in a line that continues a value": {
    body: "a = one\n b = two",
    values: { a: "one\nb = two" },
  },
  "continues a value after a blank line": { body: "a = one\n\n two", values: { a: "one\ntwo" } },
  "reads a section that is indented as a whole": {
    body: "  a = 1\n  b = 2\n c = 3",
    values: { a: "1", b: "2", c: "3" },
  },
  "reads settings below a name without a value": {
    body: "sts =\n  Endpoint_URL = https://a.example # x\n  b = 2\nc = 3",
    values: { sts: { endpoint_url: "https://a.example", b: "2" }, c: "3" },
  },
  "reads nested settings past blank lines and comments": {
    body: "s3 =\n  a = 1\n\t \n  # b = 2\n  c =\n",
    values: { s3: { a: "1", c: "" } },
  },
  "lets a nested name hold blanks": { body: "s3 =\n  in valid = 1", values: { s3: { "in valid": "1" } } },
  "replaces nested settings by a later value": { body: "s3 =\n  a = 1\ns3 = 2", values: { s3: "2" } },
};

describe("readProperties()", () => {
  for (const [sentence, { body, values }] of Object.entries(bodies)) {
    test(`readProperties() ${sentence}`, () => expect(read(body)).toEqual(values));
  }

  const refusals: Record<string, { body: string; message: string }> = {
    "refuses a line without an equals sign": {
      body: "a = 1\nsecret-without-name",
      message: "line 3 has no = between a name and a value",
    },
    "refuses a colon in place of the equals sign": {
      body: "a : 1",
      message: "line 2 has no = between a name and a value",
    },
    "refuses an equals sign in a comment": {
      body: "a # = 1",
      message: "line 2 has no = between a name and a value",
    },
    "refuses a property without a name": { body: "= secret", message: "line 2 has no name before the =" },
    "refuses a first line that continues nothing": {
      body: " -continued",
      message: "line 2 has no = between a name and a value",
    },
    "refuses a nested line without an equals sign": {
      body: "s3 =\n invalid",
      message: "line 3 has no = between a name and a value",
    },
    "refuses a nested line without a name": {
      body: "s3 =\n = secret",
      message: "line 3 has no name before the =",
    },
  };
  for (const [sentence, { body, message }] of Object.entries(refusals)) {
    test(`readProperties() ${sentence}`, () => {
      const failure = failureOf(() => read(body));
      expect(failure.kind).toBe("failed");
      expect(failure.message).toBe(`cannot parse /x/config: ${message}`);
    });
  }

  test("readProperties() refuses a section without its closing bracket", () => {
    const file = parseIni("\n[s\na = 1", "/x/config");
    const failure = failureOf(() => file.sections.map((section) => readProperties(file, section)));
    expect(failure.message).toBe("cannot parse /x/config: line 2 has no ] after the section's name");
  });

  const comments: Record<string, { line: string; comment: unknown }> = {
    "a number sign": { line: "  name = sh -c 'true # x'", comment: { sign: "#", column: 22 } },
    "a semicolon after a tab": { line: "name = x\t;y", comment: { sign: ";", column: 10 } },
    "no comment": { line: "name = a#b;c", comment: undefined },
  };
  for (const [what, { line, comment }] of Object.entries(comments)) {
    test(`readProperties() says where the value ends: ${what}`, () => {
      const file = parseIni(`[s]\n${line}\n`, "/x/config");
      const [section] = file.sections;
      expect(section && (readProperties(file, section).get("name")?.comment as unknown)).toEqual(comment);
    });
  }
});

/** The entries of the first section, each offset replaced by the text it marks. */
function entriesOf(text: string) {
  const file = parseIni(text, "config");
  const [section] = file.sections;
  if (section === undefined) throw new Error("the text has no section");
  return readEntries(file, section).map(({ key, indent, value, continued, end }) => ({
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
  "the name in lower case, and the blanks before it": {
    text: "[a]\n \tX Y = 1\n",
    key: "x y",
    indent: " \t",
    value: "1",
  },
};

describe("readEntries()", () => {
  for (const [sentence, { text, key = "x", indent = "", value }] of Object.entries(one)) {
    test(`readEntries() marks ${sentence}`, () => {
      expect(entriesOf(text)).toEqual([{ key, indent, value, continued: [], rest: "" }]);
    });
  }

  test("readEntries() keeps repeated names apart and ends with the section", () => {
    expect(entriesOf("[a]\nx = 1\n# c\nx = 2\n\n[b]\ny = 3\n")).toEqual([
      { key: "x", indent: "", value: "1", continued: [], rest: "# c\nx = 2\n\n[b]\ny = 3\n" },
      { key: "x", indent: "", value: "2", continued: [], rest: "\n[b]\ny = 3\n" },
    ]);
  });

  test("readEntries() gives an entry the lines that continue it, without the comments among them", () => {
    expect(entriesOf("[a]\n x = 1\n  y\n  # c\n\n  z = 2\n w = 3")).toEqual([
      { key: "x", indent: " ", value: "1", continued: ["  y\n", "  z = 2\n"], rest: " w = 3" },
      { key: "w", indent: " ", value: "3", continued: [], rest: "" },
    ]);
  });
});
