/** Reading files and their metadata without the built-ins that are expensive at a start. `System` declares what each does. */
import { contentFingerprint } from "../../lib/digest.ts";
import { errorCode } from "../../lib/errors.ts";
import { absentFingerprint, longestFile, neverWritten } from "../../lib/file-facts.ts";

/** As `System.readText`. */
export async function readText(path: string, longest: number = longestFile): Promise<string | undefined> {
  try {
    if (process.platform !== "win32") {
      const { lastModified, size } = Bun.file(path);
      if (isAbsent(path, lastModified)) return undefined;
      // A new `Bun.file`: the one that told its size would read no further than that, and in `/proc` the size is 0.
      if (size > 0 && size <= longest) return await Bun.file(path).text();
    }
    return await (await import("./read-bounded.ts")).readBounded(path, longest);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** As `System.readReplaced`. */
export function readReplaced(path: string): string | undefined {
  try {
    // Other ways of reading start the runtime's threads first, which costs a tenth of a whole start.
    return new TextDecoder().decode(Bun.mmap(path));
  } catch {
    return undefined;
  }
}

/** As `System.readMapped`. */
export function readMapped(path: string): string | undefined {
  try {
    const { lastModified, size } = Bun.file(path);
    if (lastModified === neverWritten) return isAbsent(path, lastModified) ? "" : undefined;
    if (size > longestFile) return undefined;
    const text = new TextDecoder().decode(Bun.mmap(path));
    return text.includes("\ufffd") ? undefined : text;
  } catch {
    return undefined;
  }
}

/** As `System.mappedFingerprint`. */
export function mappedFingerprint(path: string): string | undefined {
  try {
    const file = Bun.file(path);
    if (file.lastModified === neverWritten) return absentFingerprint;
    const { size } = file;
    // Opening a pipe would disturb its writer. A device has no content to compare; that of /dev/null is empty.
    if (size === Number.POSITIVE_INFINITY) return path === "/dev/null" ? contentFingerprint("") : undefined;
    if (size > longestFile) return undefined;
    const bytes = Bun.mmap(path);
    return contentFingerprint(bytes[0] === 0xef ? withoutByteOrderMark(bytes) : bytes);
  } catch {
    // The file is empty or read-only, its path is too long, or its file system or platform (Windows) has no maps.
    return fileFingerprint(path);
  }
}

/** As `System.fileFingerprint`. Loading `node:fs` costs a third of a start. */
export function fileFingerprint(path: string): string | undefined {
  if (path === "/dev/null") return contentFingerprint("");
  const { constants, readFileSync, statSync } = process.getBuiltinModule("node:fs");
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > longestFile) return undefined;
    // A regular file may make its readers wait, as /proc/kmsg does: then the read fails, and there is no fingerprint.
    const flag = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
    return contentFingerprint(withoutByteOrderMark(new Uint8Array(readFileSync(path, { flag }))));
  } catch (error) {
    return isMissing(error) ? absentFingerprint : undefined;
  }
}

/** Readers of text drop the mark, and a fingerprint of the text that they read must be the same. */
function withoutByteOrderMark(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** As `System.writtenAt`. */
export function writtenAt(path: string): number | undefined {
  const { lastModified } = Bun.file(path);
  return lastModified === neverWritten ? undefined : lastModified;
}

/** As `System.isOpenToOthers`. */
export function isOpenToOthers(path: string): boolean | undefined {
  if (process.platform === "win32") return undefined;
  const found = process.getBuiltinModule("node:fs").statSync(path, { throwIfNoEntry: false });
  return found === undefined ? undefined : (found.mode & 0o077) !== 0;
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
    // One of them does not exist, or may not be examined.
    return false;
  }
}

/**
 * Whether the file certainly does not exist, without starting the threads that reading needs. In a folder that this user
 * may not search, a file looks absent: only the error tells that it may exist.
 */
function isAbsent(path: string, lastModified: number): boolean {
  if (lastModified !== neverWritten) return false;
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
