import { Failure } from "../../lib/errors.ts";
import { handlingSignals } from "../processes/interrupt.ts";
import type { Pasted } from "../types.ts";
import { ENDING, interrupted, openTerminal, withoutEcho } from "./terminal.ts";
import { typedLine } from "./typed-line.ts";

/** See `System.promptPaste`. The terminal's settings are always put back. */
export async function promptPaste(
  question: string,
  until: AbortSignal,
  platform: NodeJS.Platform = process.platform,
): Promise<Pasted> {
  if (platform === "win32") {
    return (await import("./terminal-windows.ts")).promptPasteOnConsole(question, until);
  }
  const { closeSync, openSync, writeSync } = await import("node:fs");
  const terminal = openTerminal(openSync);
  if (terminal === undefined) return { kind: "no-terminal" };
  try {
    const ask = () => readCharacters(terminal, until, () => writeSync(terminal, question));
    return await handlingSignals(() => withoutEcho(terminal, "characters", ask));
  } finally {
    writeSync(terminal, "\n");
    closeSync(terminal);
  }
}

/**
 * `cat` does the reading, because a read that waits for a terminal cannot be called off, and would keep this program
 * alive after the browser has come. The characters come back through a pipe.
 */
async function readCharacters(terminal: number, until: AbortSignal, ask: () => void): Promise<Pasted> {
  if (until.aborted) return { kind: "ended" };
  const reader = Bun.spawn(["/bin/sh", "-c", "ulimit -c 0; exec cat"], {
    env: { PATH: process.env.PATH },
    stdio: [terminal, "pipe", "ignore"],
  });
  const end = () => reader.kill("SIGTERM");
  // Ctrl-C reaches the reader by itself; what is sent to this program alone does not.
  let signalled = false;
  const endBySignal = () => {
    signalled = true;
    end();
  };
  for (const signal of ENDING) process.on(signal, endBySignal);
  until.addEventListener("abort", end);
  try {
    ask();
    const answer = await lineOf(reader.stdout);
    if (answer !== undefined) return answer;
    await reader.exited;
    if (until.aborted && !signalled) return { kind: "ended" };
    if (reader.signalCode !== null) throw interrupted();
    throw new Failure("failed", "cannot ask on the terminal: it ended before a line was pasted");
  } finally {
    until.removeEventListener("abort", end);
    for (const signal of ENDING) process.off(signal, endBySignal);
    end();
    await reader.exited;
  }
}

/** Undefined when the stream ends before a line does. */
async function lineOf(stream: ReadableStream<Uint8Array>): Promise<Pasted | undefined> {
  const line = typedLine({ emptyLines: "skipped" });
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    const answer = line.take(decoder.decode(bytes, { stream: true }));
    if (answer !== undefined) return answer;
  }
  return undefined;
}
