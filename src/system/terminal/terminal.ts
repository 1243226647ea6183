import { errorCode, Failure } from "../../lib/errors.ts";
import { handlingSignals } from "../processes/interrupt.ts";

/** The signals that would end this program while the terminal's echo is off. */
export const ENDING = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM"] as const;

/** Why `/dev/tty` cannot be opened when the process has no controlling terminal. */
const NO_TERMINAL: ReadonlySet<string> = new Set(["ENXIO", "ENOENT", "ENOTTY", "EIO"]);

/**
 * Asks on the controlling terminal, whatever stdin and stdout are, and resolves to the line typed there without echo;
 * undefined when there is no terminal. Rejects with the Failure `interrupted` on Ctrl-C. The terminal's settings are
 * always put back.
 */
export async function promptSecret(
  question: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  if (platform === "win32") return (await import("./terminal-windows.ts")).promptOnConsole(question);
  const { closeSync, openSync, writeSync } = await import("node:fs");
  const terminal = openTerminal(openSync);
  if (terminal === undefined) return undefined;
  try {
    const ask = () => readLine(terminal, () => writeSync(terminal, question));
    return await handlingSignals(() => withoutEcho(terminal, "lines", ask));
  } finally {
    // The line end that the user typed was not echoed either.
    writeSync(terminal, "\n");
    closeSync(terminal);
  }
}

/**
 * The same for an answer that is no secret: the terminal echoes it. `text` may have several lines, and is shown as it is.
 * On Windows the console does not echo, and takes the line as it takes a secret.
 */
export async function promptLine(
  text: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  if (platform === "win32") return (await import("./terminal-windows.ts")).promptOnConsole(text);
  const { closeSync, openSync, writeSync } = await import("node:fs");
  const terminal = openTerminal(openSync);
  if (terminal === undefined) return undefined;
  try {
    return await handlingSignals(() => readLine(terminal, () => writeSync(terminal, text)));
  } finally {
    closeSync(terminal);
  }
}

/** The controlling terminal's descriptor; undefined when there is none. */
export function openTerminal(openSync: (path: string, flags: string) => number): number | undefined {
  try {
    return openSync("/dev/tty", "r+");
  } catch (error) {
    if (NO_TERMINAL.has(errorCode(error))) return undefined;
    throw error;
  }
}

/**
 * Does something while the echo is off; with `characters` the terminal hands on each character as it comes, so that no
 * line is too long. Ctrl-Z is switched off too, because the user's shell would get the terminal with the wrong settings.
 */
export async function withoutEcho<T>(
  terminal: number,
  input: "lines" | "characters",
  act: () => Promise<T>,
): Promise<T> {
  const settings = stty(terminal, ["-g"]);
  const outlive = () => {};
  for (const signal of ENDING) process.on(signal, outlive);
  try {
    const form = input === "lines" ? [] : ["-icanon", "min", "1", "time", "0"];
    stty(terminal, ["-echo", ...form, "susp", "undef"]);
    return await act();
  } finally {
    restore(terminal, settings);
    for (const signal of ENDING) process.off(signal, outlive);
  }
}

/** How often stty may be ended by a signal. A person who waits does not press Ctrl-C more often. */
const ATTEMPTS = 10;

/** Puts back what `stty -g` printed, also where a signal to all programs on the terminal ends stty as well. */
export function restore(terminal: number, settings: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      stty(terminal, [settings]);
      return;
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== "interrupted" || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Reads or changes the terminal's settings; returns what stty prints. */
export function stty(terminal: number, args: readonly string[]): string {
  // Spawning an stty that does not exist would throw; the shell tells it by its exit status.
  const { exitCode, signalCode, stdout } = Bun.spawnSync(
    ["/bin/sh", "-c", 'exec stty "$@"', "stty", ...args],
    {
      env: { PATH: process.env.PATH },
      stdio: [terminal, "pipe", "ignore"],
    },
  );
  if (signalCode !== undefined) throw interrupted();
  if (exitCode !== 0)
    throw new Failure("failed", "cannot ask on the terminal: stty cannot switch the echo off");
  return stdout.toString().trim();
}

/**
 * A shell reads the line, because a read that waits for a terminal cannot be cancelled and would keep this program alive
 * after Ctrl-C. The line comes back through a pipe.
 */
async function readLine(terminal: number, ask: () => void): Promise<string> {
  // Ctrl-\ ends the shell too, which would then leave a core dump.
  const reader = Bun.spawn(["/bin/sh", "-c", 'ulimit -c 0; IFS= read -r line && printf %s "$line"'], {
    env: {},
    stdio: [terminal, "pipe", "ignore"],
  });
  // Ctrl-C reaches the reader too; a signal to this program alone does not.
  const end = () => reader.kill("SIGTERM");
  for (const signal of ENDING) process.on(signal, end);
  try {
    ask();
    const line = await reader.stdout.text();
    const status = await reader.exited;
    if (reader.signalCode !== null) throw interrupted();
    if (status !== 0)
      throw new Failure("failed", "cannot ask on the terminal: it ended before a line was typed");
    return line;
  } finally {
    for (const signal of ENDING) process.off(signal, end);
  }
}

export function interrupted(): Failure {
  return new Failure("interrupted", "asking on the terminal: interrupted");
}
