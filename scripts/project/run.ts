/** Runs the project's own tools. */
import { root } from "./paths.ts";

/** Runs a program in the project's folder with this program's streams and environment; answers its exit status. */
export function run(argv: readonly string[]): number {
  const { exitCode } = Bun.spawnSync([...argv], {
    cwd: root,
    env: process.env,
    stdio: ["inherit", "inherit", "inherit"],
  });
  return exitCode;
}

/** The same, but a failure ends this program with that status. */
export function runOrExit(argv: readonly string[]): void {
  const status = run(argv);
  if (status !== 0) process.exit(status);
}
