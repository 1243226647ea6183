import { expect, test } from "bun:test";
import { percentile } from "../../../scripts/bench/percentile.ts";

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

test("percentile() is the sample that so many are not above", () => {
  expect([0.99, 0.5, 1, 0].map((part) => percentile(hundred, part))).toEqual([99, 50, 100, 1]);
  expect(percentile([7], 0.99)).toBe(7);
});

test("percentile() of nothing is an error", () => {
  expect(() => percentile([], 0.99)).toThrow("no samples");
});
