import { expect, test } from "bun:test";
import {
  chainRows,
  comparisonRows,
  endpointRows,
  herdRows,
  isOver,
  listingRow,
  pickerRows,
  roundTripRow,
} from "../../../scripts/bench/rows.ts";

const cost = (cpuMilliseconds: number, wallMilliseconds: number, memoryMebibytes?: number) => ({
  cpuMilliseconds,
  wallMilliseconds,
  memoryMebibytes,
});

test("comparisonRows() gives each measure as a multiple of the floor, with its own budget", () => {
  const rows = comparisonRows("x", { program: cost(6, 9, 30), floor: cost(5, 6, 24) }, { cpu: 1.2 });
  expect(rows).toEqual([
    { what: "x", measure: "CPU", value: 1.2, budget: 1.2, detail: "6.0 to 5.0 ms" },
    { what: "x", measure: "wall", value: 1.5, detail: "9.0 to 6.0 ms" },
    { what: "x", measure: "memory", value: 1.25, detail: "30.0 to 24.0 MiB" },
  ]);
  expect(rows.map(isOver)).toEqual([false, false, false]);
});

test("comparisonRows() leaves out memory that could not be measured", () => {
  const rows = comparisonRows("x", { program: cost(1, 1), floor: cost(1, 1, 24) }, { memory: 1 });
  expect(rows.map(({ measure }) => measure)).toEqual(["CPU", "wall"]);
});

test("chainRows() allows a request for each role, and one handshake", () => {
  const verdicts = (requests: number, handshakes: number) =>
    chainRows({ roles: 3, requests, handshakes }).map(isOver);
  expect(verdicts(3, 1)).toEqual([false, false]);
  expect(verdicts(4, 2)).toEqual([true, true]);
});

test("listingRow() compares with the least that is possible, and has a budget for many accounts alone", () => {
  const listing = { accounts: 1000, milliseconds: 15_000, leastMilliseconds: 10_000, throttled: 7 };
  expect(listingRow(listing)).toEqual({
    what: "dumpconfig, 1000 accounts",
    measure: "wall",
    value: 1.5,
    budget: 1.5,
    detail: "15.00 to 10.00 s, 7 throttled",
  });
  expect(isOver(listingRow({ ...listing, milliseconds: 15_001 }))).toBe(true);
  expect(isOver(listingRow({ ...listing, accounts: 100, milliseconds: 60_000 }))).toBe(false);
});

test("herdRows() allows one call for all of them, and no failure", () => {
  const herd = { processes: 50, calls: 1, failures: 0, milliseconds: 400 };
  expect(herdRows(herd).map(isOver)).toEqual([false, false]);
  expect(herdRows(herd)[0]?.detail).toBe("400 ms, 8.0 ms a process");
  expect(herdRows({ ...herd, calls: 2, failures: 1 }).map(isOver)).toEqual([true, true]);
});

test("pickerRows() has the milliseconds of the first picture and of a key, each with a budget", () => {
  const figures = { firstMilliseconds: 30, helloMilliseconds: 8.04, keyMilliseconds: 16 };
  expect(pickerRows(figures).map(isOver)).toEqual([false, false]);
  expect(pickerRows(figures)[0]?.detail).toBe("ms; the hello-world's line after 8.0 ms");
  expect(pickerRows({ ...figures, firstMilliseconds: 30.1, keyMilliseconds: 16.1 }).map(isOver)).toEqual([
    true,
    true,
  ]);
});

test("roundTripRow() counts round trips and names the connections", () => {
  const measured = {
    ...{ title: "x", budget: 4, roundTrips: 4, milliseconds: 231.4 },
    connections: { portal: 1, sts: 2 },
  };
  expect(roundTripRow(measured)).toEqual({
    ...{ what: "x", measure: "round trips", value: 4, budget: 4 },
    detail: "231 ms, connections: portal 1, sts 2",
  });
  expect(isOver(roundTripRow({ ...measured, roundTrips: 5 }))).toBe(true);
});

test("endpointRows() counts what the endpoint adds to keys, and has a budget for each figure", () => {
  const figures = {
    readyMilliseconds: 22,
    keysMilliseconds: 12,
    latencyMilliseconds: 5,
    bareLatencyMilliseconds: 1,
    memoryMebibytes: 60,
  };
  expect(endpointRows(figures).map(({ value, budget }) => [value, budget])).toEqual([
    [10, 10],
    [5, 5],
    [60, 60],
  ]);
  const more = { readyMilliseconds: 22.1, latencyMilliseconds: 5.1, memoryMebibytes: 60.1 };
  expect(endpointRows({ ...figures, ...more }).map(isOver)).toEqual([true, true, true]);
});
