/**
 * `bun run trials [--scale SCALES] [--seed N] [--only PART] [--case CASE] [--jobs N]`: every trial, many times as often as
 * `bun run check` makes it, with chance of its own, and the report of it in docs/trials.md. With `--only` the trials whose
 * file has PART in its name, with `--case` one case alone, and no report. It exits as the tests do.
 *
 * SCALES are how many times as often: "inputs=25,kills=30" for some kinds of runs, "6" for all.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { summary } from "./check/test-report.ts";
import { buildIfStale } from "./project/executable.ts";
import { root } from "./project/paths.ts";
import { allCounts, readCounts, summedUp } from "./trials/counts.ts";
import { reportText } from "./trials/report.ts";
import { FULL, formatScales, parseScales } from "./trials/scales.ts";
import { Interrupted, longestFirst, runFiles } from "./trials/test-files.ts";

/** Milliseconds for a file: many times what the longest takes. */
const limit = 2 * 3_600_000;

const { values } = parseArgs({
  options: {
    scale: { type: "string", default: "" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000_000)) },
    only: { type: "string" },
    case: { type: "string" },
    jobs: { type: "string", default: String(availableParallelism()) },
  },
});
const [seed, jobs] = [wholeNumber("--seed", values.seed), wholeNumber("--jobs", values.jobs)];
const scales = parseScales(values.scale, FULL);
const { only, case: repeated } = values;

const glob = new Bun.Glob("test/trials/**/*.test.ts");
const found = await Array.fromAsync(glob.scan({ cwd: root }), (file) => file.replaceAll("\\", "/"));
const files = longestFirst(found.filter((file) => basename(file).includes(only ?? "")));
if (files.length === 0) throw new Error(`no trial has ${only} in its name`);

const command = `--scale ${formatScales(scales)} --seed ${seed}`;
console.log(`bun run trials -- ${command}`);
// Before the files, which would all do it at the same time.
await buildIfStale();
const folder = await mkdtemp(join(tmpdir(), "aws-login-trials-"));
try {
  process.exitCode = await runTrials();
} catch (error) {
  if (!(error instanceof Interrupted)) throw error;
  process.exitCode = error.status;
} finally {
  await rm(folder, { recursive: true });
}

/** Resolves to the exit status. */
async function runTrials(): Promise<number> {
  const tally = join(folder, "tally");
  await Bun.write(tally, "");
  const began = performance.now();
  const report = await runFiles({
    ...{ files, jobs, folder },
    late: () => AbortSignal.timeout(limit),
    env: {
      ...process.env,
      TRIALS_SCALE: formatScales(scales),
      TRIALS_SEED: `${seed}`,
      TRIALS_TALLY: tally,
      ...(repeated === undefined ? {} : { TRIALS_CASE: repeated }),
    },
    say: (line) => console.log(line),
  });
  const seconds = (performance.now() - began) / 1000;
  for (const name of report.failed) console.log(`failed: ${name}`);
  for (const name of report.skipped) console.log(`skipped: ${name}`);
  const trials = readCounts(await Bun.file(tally).text());
  console.log(summedUp(allCounts(trials)));
  console.log(`${summary(report)} in ${Math.round(seconds)} seconds (${command})`);
  if (report.failed.length > 0) return 1;
  if (only !== undefined || repeated !== undefined) return 0;
  const { version } = await Bun.file(join(root, "package.json")).json();
  const text = reportText({
    ...{ trials, seed, scales, seconds, skipped: report.skipped },
    versions: [version, Bun.version],
    platform: `${process.platform} ${process.arch}`,
  });
  await Bun.write(join(root, "docs/trials.md"), text);
  console.log("written: docs/trials.md");
  return 0;
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) {
    throw new Error(`${option} takes a whole number above zero, not ${text}`);
  }
  return Number(text);
}
