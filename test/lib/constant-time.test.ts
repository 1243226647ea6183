import { expect, test } from "bun:test";
import { equalInConstantTime } from "../../src/lib/constant-time.ts";

test.each([
  ["abcd", "abcd", true],
  ["abce", "abcd", false],
  ["abc", "abcd", false],
  ["abcdabcd", "abcd", false],
  ["", "abcd", false],
])("equalInConstantTime() compares %j with %j", (given, secret, isEqual) => {
  expect(equalInConstantTime(given, secret)).toBe(isEqual);
});
