/** From measurements to rows with a verdict. */
import type { Budget } from "./cases.ts";
import type { Chain } from "./chains.ts";
import type { EndpointFigures } from "./endpoint.ts";
import type { Herd } from "./herds.ts";
import type { Listing } from "./listings.ts";
import type { Comparison } from "./measure.ts";
import type { PickerFigures } from "./picker.ts";
import type { RoundTrips } from "./round-trips.ts";

/** One figure, and whether it keeps within its budget. */
export interface Row {
  readonly what: string;
  /** `CPU`, `wall`, `memory`: a multiple of the floor's, or of the least that is possible. `requests`, `TLS handshakes`, `failures`: a count; `ready`, `latency`, `first picture`, `key to picture`: milliseconds; `largest`: MiB. */
  readonly measure: string;
  readonly value: number;
  /** Absent when there is none. */
  readonly budget?: number;
  /** The measurements behind the value, for a person. */
  readonly detail: string;
}

/** A row for each measure there is. */
export function comparisonRows(what: string, { program, floor }: Comparison, budget: Budget): Row[] {
  const measures = [
    ["CPU", "ms", program.cpuMilliseconds, floor.cpuMilliseconds, budget.cpu],
    ["wall", "ms", program.wallMilliseconds, floor.wallMilliseconds, budget.wall],
    ["memory", "MiB", program.memoryMebibytes, floor.memoryMebibytes, budget.memory],
  ] as const;
  const rows: Row[] = [];
  for (const [measure, unit, of, to, limit] of measures) {
    if (of === undefined || to === undefined) continue;
    const detail = `${of.toFixed(1)} to ${to.toFixed(1)} ${unit}`;
    rows.push({ what, measure, value: of / to, detail, ...(limit === undefined ? {} : { budget: limit }) });
  }
  return rows;
}

/** One request a role, and one handshake, because one host answers them all. */
export function chainRows({ roles, requests, handshakes }: Chain): Row[] {
  const what = `chain of ${roles}`;
  return [
    { what, measure: "requests", value: requests, budget: roles, detail: "" },
    { what, measure: "TLS handshakes", value: handshakes, budget: 1, detail: "" },
  ];
}

/** The start of the program counts for more than the rate where few are listed: only many have a budget. */
export function listingRow({ accounts, milliseconds, leastMilliseconds, throttled }: Listing): Row {
  const seconds = (time: number) => (time / 1000).toFixed(2);
  return {
    what: `dumpconfig, ${accounts} accounts`,
    measure: "wall",
    value: milliseconds / leastMilliseconds,
    detail: `${seconds(milliseconds)} to ${seconds(leastMilliseconds)} s, ${throttled} throttled`,
    ...(accounts < 1000 ? {} : { budget: 1.5 }),
  };
}

/** One call for all of them, and all succeed. */
export function herdRows({ processes, calls, failures, milliseconds }: Herd): Row[] {
  const what = `${processes} at once, nothing cached`;
  const detail = `${milliseconds.toFixed(0)} ms, ${(milliseconds / processes).toFixed(1)} ms a process`;
  return [
    { what, measure: "requests", value: calls, budget: 1, detail },
    { what, measure: "failures", value: failures, budget: 0, detail: "" },
  ];
}

/** What is in front of the program in the place of keys costs so much more than keys, and no more than that. */
export function endpointRows(figures: EndpointFigures): Row[] {
  const { readyMilliseconds, keysMilliseconds, latencyMilliseconds, bareLatencyMilliseconds } = figures;
  const what = "credential endpoint";
  return [
    {
      what: `${what}, after the credentials`,
      measure: "ready",
      value: readyMilliseconds - keysMilliseconds,
      budget: 10,
      detail: `program after ${readyMilliseconds.toFixed(1)} ms, with keys after ${keysMilliseconds.toFixed(1)} ms`,
    },
    {
      what: `${what}, 99 of 100 at 1,000 a second`,
      measure: "latency",
      value: latencyMilliseconds,
      budget: 5,
      detail: `ms; a bare server ${bareLatencyMilliseconds.toFixed(1)} ms`,
    },
    { what, measure: "largest", value: figures.memoryMebibytes, budget: 60, detail: "MiB, under that load" },
  ];
}

/** What a person sees as at once. */
export function pickerRows(figures: PickerFigures): Row[] {
  const { firstMilliseconds, helloMilliseconds, keyMilliseconds } = figures;
  const what = "picker, 10000 roles";
  return [
    {
      ...{ what, measure: "first picture", value: firstMilliseconds, budget: 30 },
      detail: `ms; the hello-world's line after ${helloMilliseconds.toFixed(1)} ms`,
    },
    { what, measure: "key to picture", value: keyMilliseconds, budget: 16, detail: "ms" },
  ];
}

/** Counted, not timed: the milliseconds are for a person. */
export function roundTripRow({ title, roundTrips, budget, milliseconds, connections }: RoundTrips): Row {
  const hosts = Object.entries(connections).map(([name, count]) => `${name} ${count}`);
  return {
    what: title,
    measure: "round trips",
    value: roundTrips,
    budget,
    detail: `${milliseconds.toFixed(0)} ms, connections: ${hosts.join(", ")}`,
  };
}

export function isOver({ value, budget }: Row): boolean {
  return budget !== undefined && value > budget;
}
