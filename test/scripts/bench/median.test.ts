import { expect, test } from "bun:test";
import { median } from "../../../scripts/bench/median.ts";

test("median() is the middle one by value, not by place or by text", () => {
  expect(median([100, 9, 20])).toBe(20);
});

test("median() of an even number is the mean of the middle two", () => {
  expect(median([4, 1, 3, 100])).toBe(3.5);
});

test("median() of nothing is an error", () => {
  expect(() => median([])).toThrow("no samples");
});
