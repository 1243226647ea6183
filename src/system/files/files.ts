/** What `System` does with files and folders, but for the parts that have files of their own. */
import type { Stats } from "node:fs";
import { chmod, mkdir, readdir, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode } from "../../lib/errors.ts";
import { removeIfThere } from "./remove-if-there.ts";
import { removeTemporaries } from "./temporary-files.ts";

const folderOwnerOnly = 0o700;

/** As `System.readBytes`. */
export async function readBytes(path: string, pipe?: "read"): Promise<Uint8Array | undefined> {
  try {
    const found = await stat(path);
    if (found.isFile()) return await readFile(path);
    // Reading a pipe might never end, and most callers are about to replace the file.
    if (pipe === undefined) throw new Error("it is not a regular file");
    if (!found.isFIFO()) throw new Error("it is neither a file nor a pipe");
    return await (await import("./read-pipe.ts")).readPipe(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** As `System.isReadableByOthers`. */
export async function isReadableByOthers(path: string): Promise<boolean> {
  return process.platform !== "win32" && ((await stat(path)).mode & 0o044) !== 0;
}

export async function removeFile(path: string): Promise<void> {
  await removeIfThere(path);
  await removeTemporaries(path);
}

export async function listFolder(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (isMissing(error) || errorCode(error) === "ENOTDIR") return [];
    throw error;
  }
}

export async function makeFolder(path: string): Promise<void> {
  try {
    await makeMissing(path);
  } catch (error) {
    if ((await statOf(path))?.isDirectory()) return;
    throw error;
  }
  // The umask may have taken away what the owner needs to work in it.
  await chmod(path, folderOwnerOnly);
}

/**
 * Makes the folder, after those above it if they are missing. It tries once more and then gives up, because some file
 * systems fail with ENOENT in a folder that exists (`/proc`).
 */
async function makeMissing(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: folderOwnerOnly });
  } catch (error) {
    if (errorCode(error) !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path, { mode: folderOwnerOnly });
  }
}

/** Undefined when there is no such file. */
export async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return errorCode(error) === "ENOENT";
}
