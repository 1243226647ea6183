import { expect, test } from "bun:test";
import { allCounts, readCounts, summedUp } from "../../../scripts/trials/counts.ts";

const lines = [
  { trial: "b", counted: "inputs tried", count: 1200 },
  { trial: "a", counted: "kills survived", count: 3 },
  { trial: "b", counted: "inputs tried", count: 34 },
  { trial: "b", counted: "secrets found", count: 0 },
];
const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");

test("readCounts() sums up what each trial counted, by name", () => {
  expect([...readCounts(text)].map(([name, sums]) => [name, [...sums]])).toEqual([
    ["a", [["kills survived", 3]]],
    [
      "b",
      [
        ["inputs tried", 1234],
        ["secrets found", 0],
      ],
    ],
  ]);
});

test("readCounts() refuses a line that is no count", () => {
  for (const line of ["5", "{}", '{"trial":"a","counted":"sheep","count":1}', "nothing"]) {
    expect(() => readCounts(line)).toThrow();
  }
});

test("summedUp() adds up all trials, also to zero", () => {
  expect(summedUp(allCounts(readCounts(text)))).toBe(
    "trials: 1,234 inputs tried, 3 kills survived, 0 secrets found",
  );
  expect(summedUp(new Map())).toBe("trials: none");
});
