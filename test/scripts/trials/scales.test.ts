import { expect, test } from "bun:test";
import { FULL, formatScales, parseScales, USUAL } from "../../../scripts/trials/scales.ts";

test("parseScales() reads one number for every kind", () => {
  expect(parseScales("6", USUAL)).toEqual({ inputs: 6, runs: 6, faults: 6, kills: 6, secrets: 6 });
});

test("parseScales() leaves the kinds that the text does not name", () => {
  expect(parseScales("", FULL)).toEqual(FULL);
  expect(parseScales("kills=30,inputs=2", USUAL)).toEqual({ ...USUAL, kills: 30, inputs: 2 });
});

test("parseScales() reads what formatScales() writes", () => {
  expect(formatScales(USUAL)).toBe("inputs=1,runs=1,faults=1,kills=1,secrets=1");
  expect(parseScales(formatScales(FULL), USUAL)).toEqual(FULL);
});

test("parseScales() names the kinds, and the number that is none", () => {
  expect(() => parseScales("sheep=3", USUAL)).toThrow(
    "sheep=3: a scale is one of inputs, runs, faults, kills, secrets",
  );
  for (const text of ["0", "-1", "1.5", "many", "kills=", "kills=0", "kills=2,", "kills=1000000"]) {
    expect(() => parseScales(text, USUAL)).toThrow();
  }
});
