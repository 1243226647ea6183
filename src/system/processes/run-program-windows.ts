import { errorCode } from "../../lib/errors.ts";
import type { Environment, ProgramEnd } from "../types.ts";
import { type ExitStatuses, windowsExitStatuses } from "./exit-statuses-windows.ts";

const CONSOLE_SIGNALS = ["SIGINT", "SIGBREAK", "SIGHUP"] as const;

/**
 * Runs a program as a child with this program's streams and exactly `env`, and waits for its end. The console sends
 * Ctrl-C and Ctrl-Break to both: the child decides what to do, and this program outlives it. With a status of more than
 * eight bits this function ends the process itself, because Bun cannot.
 */
export async function runProgramOnWindows(
  argv: readonly string[],
  env: Environment,
  exitStatuses: () => Promise<ExitStatuses | undefined> = windowsExitStatuses,
): Promise<ProgramEnd> {
  const statuses = await exitStatuses();
  const outlive = () => {};
  for (const signal of CONSOLE_SIGNALS) process.on(signal, outlive);
  try {
    const child = Bun.spawn(shellLine(argv) ?? [...argv], {
      env: { ...env },
      stdio: ["inherit", "inherit", "inherit"],
      windowsVerbatimArguments: shellLine(argv) !== undefined,
    });
    const wholeStatus = statuses?.watch(child.pid);
    const lastBits = await child.exited;
    const code = wholeStatus?.() ?? lastBits;
    if (code > 255) statuses?.exit(code);
    return { kind: "exited", code };
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT") return { kind: "not-found" };
    return batchRefusal(code, argv) ?? { kind: "not-executable", reason: code };
  } finally {
    for (const signal of CONSOLE_SIGNALS) process.off(signal, outlive);
  }
}

/** Characters that cmd.exe interprets in the arguments of a batch file; the runtime refuses them. */
const BATCH_REFUSED = '"&%^|<>';

/**
 * Why the runtime refuses to start a batch file with these arguments; undefined for another refusal. The name may lack its
 * ending, because the runtime looks for `.bat` and `.cmd` too.
 */
export function batchRefusal(code: string, argv: readonly string[]): ProgramEnd | undefined {
  if (code !== "ERR_INVALID_ARG_VALUE") return undefined;
  const text = argv.slice(1).join("");
  const refused = [...BATCH_REFUSED].filter((character) => text.includes(character));
  if (/[\r\n]/.test(text)) refused.push("line breaks");
  if (refused.length === 0) return undefined;
  return {
    kind: "not-executable",
    reason: `it is a batch file, whose arguments cannot hold ${refused.join(" ")}`,
    hint: "write the line as cmd.exe reads it: --command STRING",
  };
}

/**
 * `cmd.exe /d /s /c STRING` takes the rest of its command line unchanged, less one pair of quotes; the usual escaping of
 * quotes inside would spoil it.
 */
export function shellLine(argv: readonly string[]): string[] | undefined {
  const [program, d, s, c, line] = argv;
  if (program === undefined || line === undefined || argv.length !== 5) return undefined;
  return d === "/d" && s === "/s" && c === "/c" ? [program, d, s, c, `"${line}"`] : undefined;
}
