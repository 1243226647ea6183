/** The real `EndpointSystem`, but for the parts that have files of their own. */
import { closeSync, constants, openSync, writeSync } from "node:fs";
import { errorCode } from "../../lib/errors.ts";
import { printable } from "../../lib/printable.ts";
import type { EndingSignalName } from "../endpoint-types.ts";
import { terminalOf } from "./process-mark.ts";

/** See `System.tellTerminalOf`. A terminal that is gone, or that takes nothing at the moment, is none. */
export function tellTerminalOf(pid: number, line: string, platform: NodeJS.Platform): boolean {
  const path = platform === "win32" ? undefined : terminalOf(pid, platform);
  if (path === undefined) return false;
  try {
    const terminal = openSync(path, constants.O_WRONLY | constants.O_NOCTTY | constants.O_NONBLOCK);
    try {
      // The carriage return: a program may have switched off what the terminal makes of a line feed.
      writeSync(terminal, `${printable(line)}\r\n`);
      return true;
    } finally {
      closeSync(terminal);
    }
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return false;
  }
}

/** See `System.endProcess`. */
export function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch (error) {
    if (errorCode(error) !== "ESRCH") throw error;
  }
}

/** See `System.closeStdout`. The descriptor goes to the null device at once, so that no connection can get its number. */
export function closeStdout(platform: NodeJS.Platform): void {
  closeSync(1);
  openSync(platform === "win32" ? "NUL" : "/dev/null", "w");
}

/** See `System.endingSignal`. */
export function endingSignal(signals: readonly EndingSignalName[]): Promise<EndingSignalName> {
  const { promise, resolve } = Promise.withResolvers<EndingSignalName>();
  for (const signal of signals) process.once(signal, () => resolve(signal));
  return promise;
}
