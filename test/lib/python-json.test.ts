import { describe, expect, test } from "bun:test";
import { pythonJson } from "../../src/lib/python-json.ts";

describe("pythonJson()", () => {
  const cases: Record<string, [unknown, string]> = {
    "puts a blank after commas and colons": [{ a: [1, "b"], c: null }, '{"a": [1, "b"], "c": null}'],
    "escapes what is not printable ASCII, pairs of surrogates too": [
      'é\u007f\n"\\/🔑',
      '"\\u00e9\\u007f\\n\\"\\\\/\\ud83d\\udd11"',
    ],
    "keeps booleans and fractions": [{ a: true, b: 1.5 }, '{"a": true, "b": 1.5}'],
    "has nothing in what is empty": [{ a: {}, b: [] }, '{"a": {}, "b": []}'],
  };
  for (const [name, [value, text]] of Object.entries(cases)) {
    test(`pythonJson() ${name}`, () => {
      expect(pythonJson(value)).toBe(text);
    });
  }
});
