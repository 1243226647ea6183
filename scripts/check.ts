/**
 * `bun run check`: the one gate. Types, style, the executable, then every test: unit, architecture and end to
 * end, the last against the executable. It stops at the first step that fails; the tests reach loopback alone.
 * The last line counts the tests, the one before it what the trials among them did.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Report, readReport, summary } from "./check/test-report.ts";
import { buildExecutable } from "./project/executable.ts";
import { installIfNeeded } from "./project/install.ts";
import { distFolder, root } from "./project/paths.ts";
import { run, runOrExit } from "./project/run.ts";
import { allCounts, readCounts, summedUp } from "./trials/counts.ts";

const bun = process.execPath;
// By path, because a program that Bun finds by name runs under Node, which need not be there.
const tsc = join(root, "node_modules/typescript/bin/tsc");
const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
const colors = process.stdout.isTTY ? [] : ["--colors=off"];

step("tools");
await installIfNeeded();
step("types");
runOrExit([bun, tsc, "--project", root]);
step("style");
runOrExit([bun, biome, "ci", ...colors]);
step("executable");
await buildExecutable();
step("tests");
process.exit(await runTests());

function step(title: string): void {
  console.log(`== ${title}`);
}

/** Resolves to the exit status. */
async function runTests(): Promise<number> {
  const reportFile = join(distFolder, "test-report.xml");
  const tally = join(distFolder, "trials-tally");
  await rm(reportFile, { force: true });
  await Bun.write(tally, "");
  // The trials find it in the environment that they have from here.
  process.env.TRIALS_TALLY = tally;
  const status = run([bun, "test", "--reporter=junit", `--reporter-outfile=${reportFile}`]);
  const report = await reportOf(reportFile);
  if (status !== 0) for (const name of report.failed) console.log(`failed: ${name}`);
  for (const name of report.skipped) console.log(`skipped: ${name}`);
  console.log(summedUp(allCounts(readCounts(await Bun.file(tally).text()))));
  console.log(summary(report));
  return report.failed.length === 0 ? status : 1;
}

async function reportOf(reportFile: string): Promise<Report> {
  const glob = new Bun.Glob("test/**/*.test.ts");
  const files = await Array.fromAsync(glob.scan({ cwd: root }), (file) => file.replaceAll("\\", "/"));
  const report = Bun.file(reportFile);
  return readReport((await report.exists()) ? await report.text() : "", files.toSorted());
}
