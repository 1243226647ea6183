/** Runs test files, each in a process of its own, as many at the same time as there are processors. */
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Report, readReport } from "../check/test-report.ts";
import { root } from "../project/paths.ts";

export interface FilesRun {
  /** Relative to the project, with `/`; they are begun in this order. */
  readonly files: readonly string[];
  /** How many processes run at the same time. */
  readonly jobs: number;
  /** Milliseconds after which the process of a file is ended, and all that it started. */
  readonly limit: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For what the processes write until they are over. */
  readonly folder: string;
  /** Hears of each file that is over, and of what a failed one wrote. */
  say(line: string): void;
}

/** Those that take longest come first, so that none of them runs on alone at the end. */
const LONGEST: readonly string[] = [
  "kill-anytime",
  "faults-requests",
  "kill-windows",
  "endpoint-faults",
  "endpoint-helper",
  "endpoint-kills",
  "system-errors",
  "kill-at-calls",
  "faults-series",
];

export function longestFirst(files: readonly string[]): readonly string[] {
  const rank = (file: string) => {
    const found = LONGEST.indexOf(basename(file, ".test.ts"));
    return found < 0 ? LONGEST.length : found;
  };
  return files.toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
}

/** Resolves to what came of all tests. A process that fails without a failed test counts as a failure of its file. */
export async function runFiles(run: FilesRun): Promise<Report> {
  const waiting = [...run.files];
  const reports: Report[] = [];
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      reports.push(await runFile(run, file));
    }
  };
  await Promise.all(Array.from({ length: run.jobs }, work));
  return {
    passed: reports.reduce((sum, { passed }) => sum + passed, 0),
    failed: reports.flatMap(({ failed }) => failed),
    skipped: reports.flatMap(({ skipped }) => skipped),
  };
}

async function runFile(run: FilesRun, file: string): Promise<Report> {
  const [junit, output] = [".xml", ".out"].map((end) => join(run.folder, basename(file) + end));
  if (junit === undefined || output === undefined) throw new Error("a path is missing");
  const argv = [process.execPath, "test", "--reporter=junit", `--reporter-outfile=${junit}`, `./${file}`];
  const began = performance.now();
  const child = Bun.spawn(argv, {
    cwd: root,
    env: { ...run.env },
    // A group of its own, so that what it started can be ended with it.
    detached: true,
    stdio: ["ignore", Bun.file(output), Bun.file(output)],
  });
  let isLate = false;
  const alarm = setTimeout(() => {
    isLate = true;
    endGroup(child.pid);
  }, run.limit);
  const status = await child.exited;
  clearTimeout(alarm);
  const seconds = Math.round((performance.now() - began) / 1000);
  const xml = Bun.file(junit);
  const report = readReport((await xml.exists()) ? await xml.text() : "", [file]);
  const isGood = status === 0 && report.failed.length === 0;
  run.say(`${isGood ? "passed" : "failed"}: ${file} (${seconds} s)`);
  if (!isGood) run.say(await Bun.file(output).text());
  await rm(junit, { force: true });
  if (isGood || report.failed.length > 0) return report;
  const why = isLate ? `it was ended after ${seconds} seconds` : `it ended with status ${status}`;
  return { ...report, failed: [`${file}: ${why}`] };
}

function endGroup(leader: number): void {
  process.kill(process.platform === "win32" ? leader : -leader, "SIGKILL");
}
