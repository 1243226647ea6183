import { expect, test } from "bun:test";
import { plot } from "../../../scripts/bench/plot.ts";

const row = (value: number, budget?: number) => ({
  what: "version",
  measure: "CPU",
  value,
  detail: "",
  ...(budget === undefined ? {} : { budget }),
});

test("plot() draws a bar up to the value, and where the budget ends", () => {
  expect(plot([row(1, 1.25)])).toEqual([`version, CPU  ${"=".repeat(24)}      | 1.00`]);
});

test("plot() marks the budget inside of a bar that is over it", () => {
  expect(plot([row(1.5, 1)])).toEqual([`version, CPU  ${"=".repeat(24)}|${"=".repeat(11)} 1.50`]);
});

test("plot() ends a bar that is too long in an arrow", () => {
  expect(plot([row(80)])).toEqual([`version, CPU  ${"=".repeat(48)}> 80.00`]);
});

test("plot() leaves counts out", () => {
  expect(plot([{ what: "herd", measure: "requests", value: 1, detail: "" }])).toEqual([]);
});
