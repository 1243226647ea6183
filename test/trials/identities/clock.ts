/** A wrong clock for one program: compiles `clock.c` (Linux, where there is a compiler). */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../end-to-end/support/run.ts";

const folder = mkdtempSync(join(tmpdir(), "aws-login-clock-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Undefined where it cannot be compiled. */
const library = compiled();

export const canMoveClock = library !== undefined;

/** The variables by which a program finds its clock so many seconds ahead, or behind. Throws where that cannot be had. */
export function clockAhead(seconds: number): Environment {
  if (seconds === 0) return {};
  if (library === undefined) throw new Error("the clock cannot be moved");
  return { LD_PRELOAD: library, CLOCK_AHEAD: `${seconds}` };
}

function compiled(): string | undefined {
  const compiler = Bun.which("gcc") ?? Bun.which("cc");
  if (compiler === null || process.platform !== "linux") return undefined;
  const path = join(folder, "clock.so");
  const argv = [compiler, "-shared", "-fPIC", "-O1", "-o", path, join(import.meta.dir, "clock.c"), "-ldl"];
  return Bun.spawnSync(argv, { stdio: ["ignore", "ignore", "ignore"] }).exitCode === 0 ? path : undefined;
}
