/**
 * Reads a file of any kind within a bound of bytes and of time: pipes, devices, and the files of `/proc`. On Windows it
 * reads every file: a read of `Bun.file` that rejects does not keep the runtime's event loop alive there
 * (https://github.com/oven-sh/bun/issues/39787), so that the process would end before it has answered.
 */
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { errorCode } from "../../lib/errors.ts";

/** How long to wait for a file that is not ready, in milliseconds. */
export interface ReadTimeouts {
  /** Until a pipe has its first writer: a shell that makes `<(…)` by a named pipe starts both ends at once. */
  readonly writer: number;
  /** Until the writer has written all: it may be a program that asks the user first. */
  readonly content: number;
}

const TIMEOUTS: ReadTimeouts = { writer: 1000, content: 10_000 };

/** Milliseconds between two attempts to read. */
const POLL_INTERVAL = 5;

const MEBIBYTE = 1024 * 1024;
const CHUNK = 64 * 1024;

/** Names of descriptors that this process inherited. Such a pipe without a writer is at its end: `<(true)`. */
const INHERITED = /^\/(?:dev\/(?:fd\/|stdin$)|proc\/)/;

/** Windows has no such flag. */
const { O_NONBLOCK = 0 } = constants;

/** The text of the file, as UTF-8. Rejects as `readBoundedBytes` does. */
export async function readBounded(path: string, longest: number, timeouts?: ReadTimeouts): Promise<string> {
  return new TextDecoder().decode(await readBoundedBytes(path, longest, timeouts));
}

/**
 * Rejects with the system's error, and with an Error for a file longer than `longest` bytes, for a pipe that has no writer
 * or whose writer takes too long, and for a plain file that makes its readers wait, such as `/proc/kmsg`.
 */
export async function readBoundedBytes(
  path: string,
  longest: number,
  timeouts: ReadTimeouts = TIMEOUTS,
): Promise<Uint8Array> {
  // Without the flag, open(2) of a pipe would wait for a writer and could not be cancelled.
  const file = await open(path, constants.O_RDONLY | O_NONBLOCK);
  const parts: Uint8Array[] = [];
  try {
    const found = await file.stat();
    const began = performance.now();
    let hasWriter = !found.isFIFO() || INHERITED.test(path);
    for (let size = 0; ; ) {
      const part = await nextPart(file);
      if (part !== undefined && part.byteLength > 0) {
        hasWriter = true;
        size += part.byteLength;
        if (size > longest) throw new Error(`it is longer than ${longest / MEBIBYTE} MiB`);
        parts.push(part);
        continue;
      }
      if (part === undefined) {
        if (found.isFile()) throw new Error("it makes its readers wait");
        hasWriter = true;
      } else if (hasWriter) {
        return Buffer.concat(parts);
      }
      const elapsed = performance.now() - began;
      if (elapsed >= timeouts[hasWriter ? "content" : "writer"])
        throw new Error(whyTooLate(hasWriter, timeouts));
      await Bun.sleep(POLL_INTERVAL);
    }
  } finally {
    await file.close();
  }
}

function whyTooLate(hasWriter: boolean, { writer, content }: ReadTimeouts): string {
  return hasWriter
    ? `its content did not come to an end within ${content / 1000} s`
    : `it is a pipe, and no program opened it for writing within ${writer / 1000} s`;
}

/**
 * The next bytes; none at the end of the file, and none from a pipe that no program has open for writing. Undefined when
 * the next bytes are still to come.
 */
async function nextPart(file: FileHandle): Promise<Uint8Array | undefined> {
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(CHUNK), 0, CHUNK, null);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (errorCode(error) === "EAGAIN") return undefined;
    throw error;
  }
}
