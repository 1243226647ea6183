/** Reading files, and looking at them, without what is dear at a start. What each does is told where it is declared. */
import { absentFingerprint, contentFingerprint } from "../lib/digest.ts";
import { errorCode } from "../lib/errors.ts";

/** What the runtime says of a file that does not exist. */
const NEVER_WRITTEN = 4_503_599_627_370_495;

/** Milliseconds for somebody to write to a pipe: it may be a program that asks a person first. */
const PIPE_PATIENCE = 10_000;

const MEBIBYTE = 1024 * 1024;
/** Bytes: far more than a token, a list or a file of certificates takes. */
const LONGEST = 4 * MEBIBYTE;

const onWindows = process.platform === "win32";

/** As `System.readText`. */
export async function readText(path: string, longest: number = LONGEST): Promise<string | undefined> {
  const { lastModified, size } = Bun.file(path);
  if (isAbsent(path, lastModified)) return undefined;
  // The shell makes pipes of `<(…)`. One that nobody writes to would hold up the program for ever.
  const isPipe = size === Number.POSITIVE_INFINITY;
  try {
    // Not of the file that was asked for its size, which would be read so far and no further: in `/proc` it is 0.
    if (size > 0 && size <= longest && !onWindows) return await Bun.file(path).text();
    const text = startOf(path, longest);
    return await (isPipe ? withinTimeout(text) : text);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The text of a file that may be longer than it says, or be a device without an end. */
async function startOf(path: string, longest: number): Promise<string> {
  const bytes = onWindows
    ? await (await import("./read-file-windows.ts")).readBytesOnWindows(path, longest)
    : await Bun.file(path)
        .slice(0, longest + 1)
        .bytes();
  if (bytes.byteLength > longest) throw new Error(`it is longer than ${longest / MEBIBYTE} MiB`);
  return new TextDecoder().decode(bytes);
}

/** As `System.readReplaced`. */
export function readReplaced(path: string): string | undefined {
  try {
    // Reading in the usual way starts the runtime's threads first, which costs a tenth of a whole start.
    return new TextDecoder().decode(Bun.mmap(path));
  } catch {
    return undefined;
  }
}

/** As `System.mappedFingerprint`. */
export function mappedFingerprint(path: string): string | undefined {
  const found = sizeOf(path);
  if (found === undefined) return fileFingerprint(path);
  const { size, isAbsent } = found;
  if (isAbsent) return absentFingerprint;
  // Opening a pipe would disturb its writer. A device has no content that could be compared; /dev/null has none at all.
  if (size === Number.POSITIVE_INFINITY) return path === "/dev/null" ? contentFingerprint("") : undefined;
  if (size > LONGEST) return undefined;
  try {
    return contentFingerprint(withoutByteOrderMark(Bun.mmap(path)));
  } catch {
    // It is empty, or may not be written to, or its file system or platform (Windows) has no such maps.
    return fileFingerprint(path);
  }
}

/** Undefined for a path that the system refuses outright, such as one that is too long. */
function sizeOf(path: string): { size: number; isAbsent: boolean } | undefined {
  try {
    const { lastModified, size } = Bun.file(path);
    return { size, isAbsent: lastModified === NEVER_WRITTEN };
  } catch {
    return undefined;
  }
}

/** As `System.fileFingerprint`. Loading `node:fs` costs a third of a start. */
export function fileFingerprint(path: string): string | undefined {
  if (path === "/dev/null") return contentFingerprint("");
  const { readFileSync, statSync } = process.getBuiltinModule("node:fs");
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > LONGEST) return undefined;
    return contentFingerprint(withoutByteOrderMark(new Uint8Array(readFileSync(path))));
  } catch (error) {
    return isMissing(error) ? absentFingerprint : undefined;
  }
}

/** Readers of text drop the mark, and a fingerprint of what they read must be the same. */
function withoutByteOrderMark(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** As `System.writtenAt`. */
export function writtenAt(path: string): number | undefined {
  const { lastModified } = Bun.file(path);
  return lastModified === NEVER_WRITTEN ? undefined : lastModified;
}

/** As `System.areOwn`. */
export function areOwn(paths: readonly string[]): boolean {
  const { lstatSync } = process.getBuiltinModule("node:fs");
  try {
    return paths.every((path) => {
      const found = lstatSync(path);
      if (!found.isDirectory() && !found.isFile()) return false;
      return process.platform === "win32" || (found.uid === process.getuid?.() && (found.mode & 0o022) === 0);
    });
  } catch {
    // There is none, or nobody may look.
    return false;
  }
}

async function withinTimeout(text: Promise<string>): Promise<string> {
  const giveUp = async () => {
    await Bun.sleep(PIPE_PATIENCE);
    throw new Error(`it is a pipe, and nobody wrote to it within ${PIPE_PATIENCE / 1000} s`);
  };
  return Promise.race([text, giveUp()]);
}

/**
 * Whether there is surely no such file, told without the threads that reading starts. A folder that may not be searched
 * hides its files: only the error says that they may exist.
 */
function isAbsent(path: string, lastModified: number): boolean {
  if (lastModified !== NEVER_WRITTEN) return false;
  try {
    Bun.mmap(path);
    return false;
  } catch (error) {
    return isMissing(error);
  }
}

function isMissing(error: unknown): boolean {
  const code = errorCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}
