/** Reads a pipe, whose content is there once: a shell's `<(pass show key)`, or `/dev/stdin`. */
import { readBoundedBytes } from "./read-bounded.ts";

/** Bytes: far more than a key and its certificates take. */
const LONGEST = 4 * 1024 * 1024;

/** Milliseconds. The program that writes may ask a person for a password first. */
const TIMEOUTS = { writer: 1000, content: 120_000 };

/** What this process has read, by path: one reader asks whether a key needs a password, and the next one signs. */
const read = new Map<string, Promise<Uint8Array>>();

/** The content, the same at each call. Rejects with an Error where the pipe does not come to an end. */
export function readPipe(path: string): Promise<Uint8Array> {
  const bytes = read.get(path) ?? readBoundedBytes(path, LONGEST, TIMEOUTS);
  read.set(path, bytes);
  return bytes;
}
