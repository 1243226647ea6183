import { expect, test } from "bun:test";
import { given } from "../../src/lib/optional.ts";

test("given() has the member when there is a value, an empty one too, and no member when there is none", () => {
  expect(given("tags", "")).toStrictEqual({ tags: "" });
  expect(given("tags", undefined)).toStrictEqual({});
});
