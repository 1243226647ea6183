import { expect, test } from "bun:test";
import { table } from "../../../scripts/bench/table.ts";

test("table() aligns the columns and judges what has a budget", () => {
  expect(
    table([
      { what: "version", measure: "CPU", value: 1.104, budget: 1.1, detail: "6.1 to 5.5 ms" },
      { what: "version", measure: "memory", value: 1.1, detail: "" },
      { what: "chain of 2", measure: "requests", value: 2, budget: 2, detail: "" },
    ]),
  ).toEqual([
    "what        measure   value  budget          measured",
    "version     CPU       1.104  1.100   over    6.1 to 5.5 ms",
    "version     memory    1.100",
    "chain of 2  requests  2      2       within",
  ]);
});
