/** Runs a program one of whose system calls fails: compiles `failing-call.c` (Linux on x86-64, where there is a compiler). */
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import type { Point } from "./points.ts";

const folder = mkdtempSync(join(tmpdir(), "aws-login-failing-call-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Undefined where it cannot be compiled, or may not look at programs. */
const tracer = compiled();

export const canFailCalls = tracer !== undefined;

/** The words before a program that list its calls in `log`; with `point`, that call fails with the error of this name. */
export function failingCall(
  root: string,
  log: string,
  failure?: { readonly point: Point; readonly error: string },
): readonly string[] {
  const { call, ordinal } = failure?.point ?? { call: "none", ordinal: 0 };
  const number = failure === undefined ? 0 : errorNumber(failure.error);
  return [tracer ?? "", root, log, call, `${ordinal}`, `${number}`];
}

function errorNumber(name: string): number {
  const found = Object.entries(constants.errno).find(([known]) => known === name)?.[1];
  // The runtime's list lacks them.
  const number = found ?? { ENOLCK: 37, ELOOP: 40 }[name];
  if (number === undefined) throw new Error(`the number of ${name} is not known`);
  return number;
}

function compiled(): string | undefined {
  const compiler = Bun.which("gcc") ?? Bun.which("cc");
  if (compiler === null || process.platform !== "linux" || process.arch !== "x64") return undefined;
  const path = join(folder, "failing-call");
  const run = (argv: string[]) =>
    Bun.spawnSync(argv, { stdio: ["ignore", "ignore", "ignore"] }).exitCode === 0;
  const source = join(import.meta.dir, "failing-call.c");
  if (!run([compiler, "-O1", "-o", path, source])) return undefined;
  return run([path, folder, join(folder, "log"), "none", "0", "0", "/bin/true"]) ? path : undefined;
}
