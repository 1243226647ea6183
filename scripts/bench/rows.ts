/** From measurements to rows with a verdict. */
import type { Budget } from "./cases.ts";
import type { Chain } from "./chains.ts";
import type { Comparison } from "./measure.ts";

/** One figure, and whether it keeps within its budget. */
export interface Row {
  readonly what: string;
  /** `CPU`, `wall`, `memory`: a multiple of the floor's. `requests`, `TLS handshakes`: a count. */
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

export function isOver({ value, budget }: Row): boolean {
  return budget !== undefined && value > budget;
}
