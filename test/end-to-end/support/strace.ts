/** strace, which shows what a program asks of the kernel (Linux). */

import { executable } from "./executable.ts";
import type { Ended, Environment } from "./run.ts";
import type { Scene } from "./scene.ts";

/** Its path, or undefined where it is not installed or may not look at programs. */
export const strace: string | undefined = usable(Bun.which("strace"));

function usable(path: string | null): string | undefined {
  if (path === null || process.platform !== "linux") return undefined;
  const { exitCode } = Bun.spawnSync([path, "-f", "-o", "/dev/null", "true"], {
    stdio: ["ignore", "ignore", "ignore"],
  });
  return exitCode === 0 ? path : undefined;
}

export interface Traced {
  readonly ended: Ended;
  /** The lines of strace, those of the programs that were started included. */
  readonly calls: readonly string[];
}

export interface Tracing {
  /** What is shown: `execve`, `file`, names of calls. Absent: nothing. */
  readonly calls?: string | undefined;
  readonly env?: Environment;
  /** A file for stdin; absent: an empty one. */
  readonly stdin?: string | undefined;
  readonly umask?: string;
}

/** Runs the executable. Without strace it runs all the same, and nothing is shown. */
export async function traced(scene: Scene, args: readonly string[], tracing: Tracing): Promise<Traced> {
  const { calls, env = {}, stdin = "/dev/null", umask = "077" } = tracing;
  const log = calls === undefined || strace === undefined ? undefined : `${scene.root}/calls`;
  const under =
    log === undefined ? [] : [strace ?? "", "-f", "-v", "-s", "100000", "-e", `trace=${calls}`, "-o", log];
  const line = [...under, executable, ...args].map(quoted).join(" ");
  const ended = await scene.bash(`umask ${umask}; exec ${line} < ${quoted(stdin)}`, env);
  return { ended, calls: log === undefined ? [] : (await Bun.file(log).text()).split("\n") };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
