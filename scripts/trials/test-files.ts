/** Runs test files, each in a process of its own, as many at the same time as there are processors. */
import { rm } from "node:fs/promises";
import { constants } from "node:os";
import { basename, join } from "node:path";
import { errorCode } from "../../src/lib/errors.ts";
import { type Report, readReport } from "../check/test-report.ts";
import { root } from "../project/paths.ts";

export interface FilesRun {
  /** Relative to the project, with `/`; they are begun in this order. */
  readonly files: readonly string[];
  /** How many processes run at the same time. */
  readonly jobs: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For what the processes write until they are over. */
  readonly folder: string;
  /** Called as each file begins. When its signal aborts, the process of the file is ended, and all that it started. */
  late(): AbortSignal;
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

/** A signal came before all files were over. What ran has been ended. */
export class Interrupted extends Error {
  /** With which this process is to exit, as shells have it. */
  readonly status: number;
  constructor(signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
    this.status = 128 + constants.signals[signal];
  }
}

/** Those that would end this process. The groups of the files do not get them. */
const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Resolves to what came of all tests. A process that fails without a failed test counts as a failure of its file.
 * Rejects with `Interrupted` after a signal.
 */
export async function runFiles(run: FilesRun): Promise<Report> {
  const waiting = [...run.files];
  const leaders = new Set<number>();
  const reports: Report[] = [];
  let interrupted: NodeJS.Signals | undefined;
  const interrupt = (signal: NodeJS.Signals) => {
    interrupted = signal;
    for (const leader of leaders) endGroup(leader);
  };
  const work = async (): Promise<void> => {
    while (interrupted === undefined) {
      const file = waiting.shift();
      if (file === undefined) return;
      const ended = await runProcess(run, file, leaders);
      // What was cut short says nothing of the tests.
      if (interrupted === undefined) reports.push(await reportOf(run, ended));
    }
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    await Promise.all(Array.from({ length: run.jobs }, work));
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
  if (interrupted !== undefined) throw new Interrupted(interrupted);
  return {
    passed: reports.reduce((sum, { passed }) => sum + passed, 0),
    failed: reports.flatMap(({ failed }) => failed),
    skipped: reports.flatMap(({ skipped }) => skipped),
  };
}

interface EndedFile {
  readonly file: string;
  readonly status: number;
  readonly seconds: number;
  /** Whether it was ended because it was late. */
  readonly isLate: boolean;
  /** Paths of the runner's report, which need not be there, and of what the process wrote. */
  readonly junit: string;
  readonly output: string;
}

/** The process is one of the leaders as long as it runs. */
async function runProcess(run: FilesRun, file: string, leaders: Set<number>): Promise<EndedFile> {
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
  const late = run.late();
  const end = () => endGroup(child.pid);
  leaders.add(child.pid);
  late.addEventListener("abort", end);
  const status = await child.exited;
  late.removeEventListener("abort", end);
  leaders.delete(child.pid);
  const seconds = Math.round((performance.now() - began) / 1000);
  return { file, status, seconds, isLate: late.aborted, junit, output };
}

async function reportOf(run: FilesRun, ended: EndedFile): Promise<Report> {
  const { file, status, seconds, isLate, junit, output } = ended;
  const xml = Bun.file(junit);
  const hasReport = await xml.exists();
  const report = readReport(hasReport ? await xml.text() : "", [file]);
  const isGood = status === 0 && report.failed.length === 0;
  run.say(`${isGood ? "passed" : "failed"}: ${file} (${seconds} s)`);
  if (!isGood) run.say(await Bun.file(output).text());
  await rm(junit, { force: true });
  if (isGood || (hasReport && report.failed.length > 0)) return report;
  const why = isLate ? `it was ended after ${seconds} seconds` : `it ended with status ${status}`;
  return { ...report, failed: [`${file}: ${why}`] };
}

function endGroup(leader: number): void {
  try {
    process.kill(process.platform === "win32" ? leader : -leader, "SIGKILL");
  } catch (error) {
    // It has ended by itself.
    if (errorCode(error) !== "ESRCH") throw error;
  }
}
