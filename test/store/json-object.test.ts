import { expect, test } from "bun:test";
import { readFields, textField, textListField } from "../../src/store/json-object.ts";

test("readFields() takes objects only, and never throws", () => {
  expect(readFields('{"a": 1}')).toEqual({ a: 1 });
  for (const text of ["", "[]", "null", '"a"', "{"]) expect(readFields(text)).toBeUndefined();
});

test("textField() takes text that is not empty, and no inherited member", () => {
  const fields = readFields('{"a": "x", "b": "", "c": 1}') ?? {};
  expect(["a", "b", "c", "d", "constructor"].map((name) => textField(fields, name))).toEqual([
    "x",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("textListField() takes lists of text", () => {
  const fields = readFields('{"a": ["x"], "b": [1], "c": "x", "d": []}') ?? {};
  expect(["a", "b", "c", "d"].map((name) => textListField(fields, name))).toEqual([
    ["x"],
    undefined,
    undefined,
    [],
  ]);
});
