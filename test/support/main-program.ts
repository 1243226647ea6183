/** The program from its sources, and pieces of code beside it, each in a process of its own. */
import { join } from "node:path";

const sources = join(import.meta.dir, "../../src");

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `bun src/main.ts` with these words and exactly this environment. */
export function runMain(words: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return run([join(sources, "main.ts"), ...words], env);
}

/** The same where the work that main() waits for is dropped: its promise never settles. */
export function runMainDropped(words: readonly string[]): Promise<Ended> {
  return run(
    ["--preload", join(import.meta.dir, "drop-dispatch.ts"), join(sources, "main.ts"), ...words],
    {},
  );
}

/** Runs TypeScript that finds the one real system as `realSystem`. */
export function runWithRealSystem(code: string, env: Record<string, string> = {}): Promise<Ended> {
  const path = JSON.stringify(join(sources, "system/bun.ts"));
  return run(["-e", `import { realSystem } from ${path};\n${code}`], env);
}

async function run(words: readonly string[], env: Record<string, string>): Promise<Ended> {
  const child = Bun.spawn([process.execPath, "--no-env-file", ...words], {
    cwd: "/",
    env,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  await child.exited;
  return { status: child.exitCode, stdout, stderr };
}
