import { expect, test } from "bun:test";
import {
  isFields,
  isText,
  isTooDeep,
  objectField,
  readFields,
  textField,
  textListField,
} from "../../src/lib/json-object.ts";

test("readFields() takes objects only, and never throws", () => {
  expect(readFields('{"a": 1}')).toEqual({ a: 1 });
  for (const text of ["", "[]", "null", '"a"', "{"]) expect(readFields(text)).toBeUndefined();
});

test("readFields() takes nothing that is nested too deep to be written again", () => {
  const nested = (levels: number) => `{"a": ${"[".repeat(levels)}${"]".repeat(levels)}}`;
  expect(readFields(nested(900))).toBeDefined();
  expect(readFields(nested(1100))).toBeUndefined();
  expect(readFields(nested(100_000))).toBeUndefined();
});

test("isTooDeep() counts the levels of lists and objects", () => {
  expect(
    [1, [], [[1]], { a: [1] }, [[[1]]], { a: { b: { c: 1 } } }].map((value) => isTooDeep(value, 2)),
  ).toEqual([false, false, false, false, true, true]);
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

test("isFields() and objectField() take objects, and no list", () => {
  expect([{}, { a: 1 }, [], null, "a", undefined].map(isFields)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  const fields = readFields('{"a": {"b": 1}, "c": [], "d": null}') ?? {};
  expect(["a", "c", "d", "constructor"].map((name) => objectField(fields, name))).toEqual([
    { b: 1 },
    undefined,
    undefined,
    undefined,
  ]);
});

test("isText() takes text that is not empty", () => {
  expect(["a", "", 1, null, undefined, ["a"]].map(isText)).toEqual([true, false, false, false, false, false]);
});
