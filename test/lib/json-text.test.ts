import { expect, test } from "bun:test";
import { jsonText } from "../../src/lib/json-text.ts";

test("jsonText() spells out what drives a terminal, and every reader finds it as it was", () => {
  const value = { a: "\u001b[2J\u007f\u009b2J\u0085\u0080\u009f", b: "é\u00a0 😀", c: undefined };
  const text = jsonText(value);
  expect(text).toBe('{"a":"\\u001b[2J\\u007f\\u009b2J\\u0085\\u0080\\u009f","b":"é\u00a0 😀"}');
  expect(JSON.parse(text)).toEqual({ a: value.a, b: value.b });
});

test("jsonText() indents by the given number of spaces", () => {
  expect(jsonText({ a: "1" }, 4)).toBe('{\n    "a": "1"\n}');
});
