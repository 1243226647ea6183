/**
 * `bun run trials [--scale N] [--seed N] [--only PART]`: every trial, N times as many runs as `bun run check` makes (20
 * unless said), with chance of its own, and the report of it in docs/trials.md. With `--only` the trials whose file has
 * PART in its name, and no report. It exits as the tests do.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { readReport, summary } from "./check/test-report.ts";
import { root } from "./project/paths.ts";
import { run } from "./project/run.ts";
import { allCounts, readCounts, summedUp } from "./trials/counts.ts";
import { reportText } from "./trials/report.ts";

const { values } = parseArgs({
  options: {
    scale: { type: "string", default: "20" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000_000)) },
    only: { type: "string" },
  },
});
const [scale, seed] = [wholeNumber("--scale", values.scale), wholeNumber("--seed", values.seed)];
const { only } = values;

const glob = new Bun.Glob("test/trials/**/*.test.ts");
const found = await Array.fromAsync(glob.scan({ cwd: root }), (file) => file.replaceAll("\\", "/"));
const files = found.filter((file) => basename(file).includes(only ?? "")).toSorted();
if (files.length === 0) throw new Error(`no trial has ${only} in its name`);

console.log(`seed ${seed}, scale ${scale}`);
const folder = await mkdtemp(join(tmpdir(), "aws-login-trials-"));
try {
  process.exitCode = await runTrials();
} finally {
  await rm(folder, { recursive: true });
}

/** Resolves to the exit status. */
async function runTrials(): Promise<number> {
  const [tally, junit] = [join(folder, "tally"), join(folder, "report.xml")];
  await Bun.write(tally, "");
  // The tests find them in the environment that they have from here.
  Object.assign(process.env, { TRIALS_SCALE: `${scale}`, TRIALS_SEED: `${seed}`, TRIALS_TALLY: tally });
  const began = performance.now();
  const status = run([process.execPath, "test", "--reporter=junit", `--reporter-outfile=${junit}`, ...files]);
  const seconds = (performance.now() - began) / 1000;
  const xml = Bun.file(junit);
  const { passed, failed, skipped } = readReport((await xml.exists()) ? await xml.text() : "", files);
  for (const name of failed) console.log(`failed: ${name}`);
  for (const name of skipped) console.log(`skipped: ${name}`);
  const trials = readCounts(await Bun.file(tally).text());
  console.log(summedUp(allCounts(trials)));
  console.log(`${summary({ passed, failed, skipped })} (seed ${seed}, scale ${scale})`);
  if (status !== 0 || failed.length > 0) return status === 0 ? 1 : status;
  if (only !== undefined) return 0;
  const { version } = await Bun.file(join(root, "package.json")).json();
  const platform = `${process.platform} ${process.arch}`;
  const text = reportText({
    trials,
    seed,
    scale,
    versions: [version, Bun.version],
    platform,
    seconds,
    skipped,
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
