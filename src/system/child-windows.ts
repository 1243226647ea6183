import { errorCode } from "../lib/errors.ts";
import type { ChildEnd, Environment } from "./types.ts";

const CONSOLE_SIGNALS = ["SIGINT", "SIGBREAK", "SIGHUP"] as const;

/**
 * Runs a program as a child with this program's streams and exactly `env`, and waits for its end. The console sends
 * Ctrl-C and Ctrl-Break to both: the child decides what becomes of it, and this program outlives it.
 */
export async function runChildOnWindows(argv: readonly string[], env: Environment): Promise<ChildEnd> {
  const outlive = () => {};
  for (const signal of CONSOLE_SIGNALS) process.on(signal, outlive);
  try {
    const child = Bun.spawn(shellLine(argv) ?? [...argv], {
      env: { ...env },
      stdio: ["inherit", "inherit", "inherit"],
      windowsVerbatimArguments: shellLine(argv) !== undefined,
    });
    return { kind: "exited", code: await child.exited };
  } catch (error) {
    const code = errorCode(error);
    return code === "ENOENT" ? { kind: "not-found" } : { kind: "not-executable", reason: code };
  } finally {
    for (const signal of CONSOLE_SIGNALS) process.off(signal, outlive);
  }
}

/**
 * `cmd.exe /d /s /c STRING` takes the rest of its command line as it stands, less one pair of quotes; the usual
 * escaping of quotes inside would spoil it.
 */
export function shellLine(argv: readonly string[]): string[] | undefined {
  const [program, d, s, c, line] = argv;
  if (program === undefined || line === undefined || argv.length !== 5) return undefined;
  return d === "/d" && s === "/s" && c === "/c" ? [program, d, s, c, `"${line}"`] : undefined;
}
