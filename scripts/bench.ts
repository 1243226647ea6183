/**
 * `bun run bench [--runs N] [--json FILE] [--enforce] [--peers]`: what the program costs, as multiples of the least
 * program that could do the same, measured side by side in this run. With `--enforce` a missed budget is exit status 1.
 * With `--peers` it is compared with other tools on PATH, and with nothing else.
 */
import { parseArgs } from "node:util";
import { cachedCases } from "./bench/cached.ts";
import { cases } from "./bench/cases.ts";
import { measureChains } from "./bench/chains.ts";
import { completionCases } from "./bench/completion.ts";
import { measureEndpoint } from "./bench/endpoint.ts";
import { makeExecutables, removeExecutables } from "./bench/executables.ts";
import { measureHerds } from "./bench/herds.ts";
import { measureListings } from "./bench/listings.ts";
import { compare } from "./bench/measure.ts";
import { otherTools } from "./bench/others.ts";
import { comparePeers } from "./bench/peers.ts";
import { measurePicker } from "./bench/picker.ts";
import { plot } from "./bench/plot.ts";
import { measureRoundTrips } from "./bench/round-trips.ts";
import {
  chainRows,
  comparisonRows,
  endpointRows,
  herdRows,
  isOver,
  listingRow,
  pickerRows,
  type Row,
  roundTripRow,
} from "./bench/rows.ts";
import { table } from "./bench/table.ts";
import { startStandIn } from "./project/stand-in.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "40" },
    json: { type: "string" },
    enforce: { type: "boolean", default: false },
    peers: { type: "boolean", default: false },
  },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1)
  throw new Error(`--runs takes a number above zero, not ${values.runs}`);

const executables = await makeExecutables();
const standIn = await startStandIn();
const rows: Row[] = [];
const notes: string[] = [];
try {
  if (values.peers) {
    const path = process.env.PATH ?? "/usr/bin:/bin";
    const peers = await comparePeers(executables.program, standIn, { runs, path });
    rows.push(...peers.rows);
    notes.push(...peers.notes);
  } else {
    await measureAlone();
  }
} finally {
  await standIn.stop();
  await removeExecutables();
}

async function measureAlone(): Promise<void> {
  const compared = [
    ...(await cachedCases(executables, standIn)),
    ...(await completionCases(executables, standIn)),
    ...(await cases(executables, standIn)),
  ];
  for (const { title, program, floor, budget } of compared) {
    rows.push(...comparisonRows(title, compare(program, floor, runs), budget));
  }
  for (const chain of await measureChains(executables.program, standIn, 5)) rows.push(...chainRows(chain));
  rows.push(...(await measureRoundTrips(executables.program, standIn)).map(roundTripRow));
  const herds = await measureHerds(executables.program, standIn, [1, 10, 50, 200]);
  rows.push(...herds.flatMap(herdRows));
  const endpoint = await measureEndpoint(executables, standIn, Math.min(runs, 20));
  if (endpoint !== undefined) rows.push(...endpointRows(endpoint));
  const picker = await measurePicker(executables, standIn, Math.min(runs, 20));
  if (picker !== undefined) rows.push(...pickerRows(picker));
  for (const { title, theirs, ours } of otherTools(executables, standIn)) {
    rows.push(...comparisonRows(`${title}, times ours`, compare(theirs, ours, Math.min(runs, 5)), {}));
  }
  const listings = await measureListings(executables.program, standIn, [10, 100, 1000]);
  rows.push(...listings.map(listingRow));
}

console.log(`medians of ${runs} interleaved runs, Bun ${Bun.version}, ${process.platform} ${process.arch}`);
for (const line of [...table(rows), ...notes, "", ...plot(rows)]) console.log(line);
if (values.json !== undefined) await Bun.write(values.json, `${JSON.stringify(rows, undefined, 2)}\n`);
if (values.enforce && rows.some(isOver)) process.exitCode = 1;
