import { expect, test } from "bun:test";
import { wholeNumber } from "../../src/config/whole-number.ts";

const source = "AWS_MAX_ATTEMPTS";

for (const [value, number] of [
  ["1", 1],
  ["007", 7],
  ["999999999", 999_999_999],
] as const) {
  test(`wholeNumber() reads ${value}`, () => expect(wholeNumber({ value, source })).toBe(number));
}

for (const value of ["0", "-1", "1.5", "1e3", "three", " 3", "", "9999999999"]) {
  test(`wholeNumber() refuses "${value}" and names its source`, () => {
    expect(() => wholeNumber({ value, source })).toThrow(/AWS_MAX_ATTEMPTS: it is no whole number above 0/);
  });
}
