import { Failure } from "../../lib/errors.ts";
import type { Pasted } from "../types.ts";
import { longestPaste, type TypedLine, typedLine } from "./typed-line.ts";

/**
 * Asks on the console and resolves to the line typed there without echo; undefined when stdin is no console. Rejects
 * with the Failure `interrupted` on Ctrl-C, which is an ordinary character while the echo is off.
 */
export async function promptOnConsole(question: string): Promise<string | undefined> {
  const answer = await askOnConsole(question, { emptyLines: "taken" }, new AbortController().signal);
  switch (answer.kind) {
    case "pasted":
      return answer.text;
    case "too-long":
      throw new Failure("failed", `cannot use what was typed: it is longer than ${longestPaste} characters`);
    default:
      return undefined;
  }
}

/** See `System.promptPaste`. */
export async function promptPasteOnConsole(question: string, until: AbortSignal): Promise<Pasted> {
  return askOnConsole(question, { emptyLines: "skipped" }, until);
}

async function askOnConsole(
  question: string,
  rule: Parameters<typeof typedLine>[0],
  until: AbortSignal,
): Promise<Pasted> {
  const input = process.stdin;
  if (!input.isTTY) return { kind: "no-terminal" };
  input.setRawMode(true);
  try {
    await Bun.write(Bun.stderr, question);
    return await consoleLine(input, typedLine(rule), until);
  } finally {
    input.setRawMode(false);
    await Bun.write(Bun.stderr, "\n");
  }
}

/** By events: leaving an iteration over stdin would close it, and another question may follow. */
async function consoleLine(input: NodeJS.ReadStream, line: TypedLine, until: AbortSignal): Promise<Pasted> {
  const typed = Promise.withResolvers<Pasted>();
  const take = (chunk: string) => {
    const interrupted = chunk.indexOf("\x03");
    const answer = line.take(interrupted < 0 ? chunk : chunk.slice(0, interrupted));
    if (answer !== undefined) typed.resolve(answer);
    else if (interrupted >= 0) typed.reject(new Failure("interrupted", "asking on the console: interrupted"));
  };
  const ended = () =>
    typed.reject(new Failure("failed", "cannot ask on the console: it ended before a line was typed"));
  const stop = () => typed.resolve({ kind: "ended" });
  if (until.aborted) stop();
  until.addEventListener("abort", stop);
  input.setEncoding("utf8").on("data", take).on("end", ended).on("error", typed.reject);
  input.resume();
  try {
    return await typed.promise;
  } finally {
    input.pause();
    until.removeEventListener("abort", stop);
    input.off("data", take).off("end", ended).off("error", typed.reject);
  }
}
