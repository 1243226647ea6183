/** Reading files, and looking at them, without what is dear at a start. What each does is told where it is declared. */
import { errorCode } from "../errors.ts";

/** What the runtime says of a file that does not exist. */
const NEVER_WRITTEN = 4_503_599_627_370_495;
/** The year 1980, in milliseconds: no file that a person keeps is older. */
const EARLIEST_TIME = 315_532_800_000;

/** Milliseconds for somebody to write to a pipe: it may be a program that asks a person first. */
const PIPE_PATIENCE = 10_000;

/** As `System.readText`. */
export async function readText(path: string): Promise<string | undefined> {
  const { lastModified, size } = Bun.file(path);
  if (isAbsent(path, lastModified)) return undefined;
  // The shell makes pipes of `<(…)`. One that nobody writes to would hold up the program for ever.
  const isPipe = size === Number.POSITIVE_INFINITY;
  try {
    // Not of the file that was asked for its size, which would be read so far and no further: in `/proc` it is 0.
    const text = Bun.file(path).text();
    return await (isPipe ? withinPatience(text) : text);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
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

/** As `System.fileMark`. */
export function fileMark(path: string): string | undefined {
  const file = Bun.file(path);
  const isAbsolute = path.startsWith("/") || path.startsWith("\\") || path.charAt(1) === ":";
  const place = isAbsolute ? path : `${process.cwd()}/${path}`;
  const { lastModified } = file;
  if (lastModified === NEVER_WRITTEN) return `no ${place}`;
  if (path === "/dev/null") return path;
  const { size } = file;
  if (size === Number.POSITIVE_INFINITY) return undefined;
  if (lastModified >= EARLIEST_TIME) return `${size} ${lastModified} ${place}`;
  // Package stores give all their files one time, and another path when they are others.
  const target = Bun.resolveSync(place, "/");
  return target === place ? undefined : `${size} ${target} ${place}`;
}

/** As `System.writtenAt`. */
export function writtenAt(path: string): number | undefined {
  const { lastModified } = Bun.file(path);
  return lastModified === NEVER_WRITTEN ? undefined : lastModified;
}

/** As `System.ownsFolder`. */
export function ownsFolder(path: string): boolean {
  const found = process.getBuiltinModule("node:fs").lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isDirectory()) return false;
  return process.platform === "win32" || (found.uid === process.getuid?.() && (found.mode & 0o022) === 0);
}

async function withinPatience(text: Promise<string>): Promise<string> {
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
