/** The part of the one real `System` that the keys of a profile and a completion need: it is small and touches few built-ins. */
import { errorCode, Failure } from "../lib/errors.ts";
import { areOwn, readMapped } from "./files/read-file.ts";
import { output } from "./output.ts";
import type { System } from "./types.ts";

export const startSystem: Pick<
  System,
  "platform" | "readMapped" | "areOwn" | "stdout" | "stdoutMayBeTerminal"
> = {
  platform: process.platform,
  readMapped,
  areOwn,
  // No `await`: the first one of a start costs more than the writing.
  stdout: (text) => Bun.write(output, text).then(undefined, refuseUnwritten),
  // On a terminal the runtime uses colours unless NO_COLOR is set.
  stdoutMayBeTerminal: () => Bun.enableANSIColors || process.env.NO_COLOR !== undefined,
};

function refuseUnwritten(error: unknown): never {
  throw unwritten(error);
}

/** The Failure for what the runtime throws where it cannot write to stdout. */
export function unwritten(error: unknown): Failure {
  const kind = errorCode(error) === "EPIPE" ? "unread" : "failed";
  return new Failure(kind, `cannot write to stdout: ${whyUnwritten(error)}`, { cause: error });
}

function whyUnwritten(error: unknown): string {
  const code = errorCode(error);
  if (code === "EPIPE") return "its reader has gone";
  if (code === "ENOSPC") return "there is no space left";
  return code || "unknown";
}
