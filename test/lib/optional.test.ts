import { expect, test } from "bun:test";
import { optional } from "../../src/lib/optional.ts";

test("optional() has the member when there is a value, an empty one too, and no member when there is none", () => {
  expect(optional("tags", "")).toStrictEqual({ tags: "" });
  expect(optional("tags", undefined)).toStrictEqual({});
});
