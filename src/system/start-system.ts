/** The part of the one real `System` that a cached answer needs. It is small and touches few built-ins: every start makes it. */
import { errorCode, Failure } from "../lib/errors.ts";
import { areOwn, mappedFingerprint, readMapped, readReplaced } from "./read-file.ts";
import type { System } from "./types.ts";

/**
 * The descriptor, which the runtime takes as well although its types do not say so: `Bun.stdout` makes a file object
 * first, for a fortieth of a start.
 */
const output = process.platform === "win32" ? Bun.stdout : (1 as unknown as Bun.PathLike);

export const startSystem: Pick<
  System,
  | "platform"
  | "now"
  | "readReplaced"
  | "readMapped"
  | "mappedFingerprint"
  | "areOwn"
  | "stdout"
  | "stdoutMayBeTerminal"
> = {
  platform: process.platform,
  now: () => Date.now(),
  readReplaced,
  readMapped,
  mappedFingerprint,
  areOwn,
  // No `await`: the first one of a start costs more than the writing.
  stdout: (text) => Bun.write(output, text).then(undefined, refuseUnwritten),
  // On a terminal the runtime uses colours unless NO_COLOR is set.
  stdoutMayBeTerminal: () => Bun.enableANSIColors || process.env.NO_COLOR !== undefined,
};

function refuseUnwritten(error: unknown): never {
  const kind = errorCode(error) === "EPIPE" ? "unread" : "failed";
  throw new Failure(kind, `cannot write to stdout: ${whyUnwritten(error)}`, { cause: error });
}

function whyUnwritten(error: unknown): string {
  const code = errorCode(error);
  if (code === "EPIPE") return "its reader has gone";
  if (code === "ENOSPC") return "there is no space left";
  return code || "unknown";
}
