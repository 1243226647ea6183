import type { Stats } from "node:fs";
import {
  chmod,
  constants,
  copyFile as copy,
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  stat,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { errorCode } from "../../lib/errors.ts";
import { finishing } from "../processes/interrupt.ts";
import type { FileMode } from "../types.ts";
import { removeIfThere } from "./remove-if-there.ts";
import { removeTemporaries, temporaryName } from "./temporary-files.ts";

const ownerOnly = 0o600;
const folderOwnerOnly = 0o700;

/**
 * Writes a temporary file beside the real one, for its owner alone, and renames it over the real one when every byte is on
 * the disk. The temporary name has another ending, because some programs take the newest `*.json` of a folder. An
 * interruption waits until the file is replaced.
 */
export function replaceFile(path: string, text: string, mode: FileMode = "owner-only"): Promise<void> {
  return finishing(() => replace(path, text, mode));
}

async function replace(path: string, text: string, mode: FileMode): Promise<void> {
  const target = mode === "own" ? path : await linkTarget(path);
  const before = mode === "preserve" ? await statOf(target) : undefined;
  const temporary = temporaryName(target);
  try {
    const file = await open(temporary, "wx", ownerOnly);
    try {
      await file.writeFile(text);
      // The umask may have taken away what the owner needs to read it.
      if (before === undefined) await file.chmod(ownerOnly);
      else await makeLike(file, before);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await removeQuietly(temporary);
    throw errorCode(error) === "EBUSY" ? await whyBusy(target, error) : error;
  }
  await syncFolder(dirname(target));
  await removeTemporaries(target);
}

/**
 * The error of a file that cannot be replaced because it is a mount of its own, as containers mount one file of the host;
 * for any other file, the error itself.
 */
async function whyBusy(path: string, error: unknown): Promise<unknown> {
  // Where the mounts cannot be told, the error of the replacement is the one to report.
  const [file, folder] = await Promise.all([mountOf(path), mountOf(dirname(path))]).catch(() => []);
  return file === folder
    ? error
    : new Error("it is mounted by itself, so that it cannot be replaced: mount its folder instead", {
        cause: error,
      });
}

/** The number of the mount that a file is on (Linux); undefined elsewhere. */
async function mountOf(path: string): Promise<string | undefined> {
  const file = await open(path, "r");
  try {
    const info = await readFile(`/proc/self/fdinfo/${file.fd}`, "utf8").catch(() => "");
    return /^mnt_id:\s*(\d+)/m.exec(info)?.[1];
  } finally {
    await file.close();
  }
}

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

/**
 * False when `to` exists already. A copy that breaks off leaves only a temporary file, which the next copy or replacement
 * of the same file removes.
 */
export function copyFile(from: string, to: string): Promise<boolean> {
  return finishing(() => copyWhole(from, to));
}

async function copyWhole(from: string, to: string): Promise<boolean> {
  if ((await statOf(to)) !== undefined) return false;
  const original = join(dirname(to), basename(from));
  const temporary = temporaryName(original);
  try {
    await copy(from, temporary, constants.COPYFILE_EXCL);
    await likeOriginal(temporary, await stat(from));
    await rename(temporary, to);
  } catch (error) {
    await removeQuietly(temporary);
    throw error;
  }
  await syncFolder(dirname(to));
  await removeTemporaries(original);
  return true;
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

/** The target of symbolic links at the path: users link their config elsewhere, sometimes before the target exists. */
export async function linkTarget(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  try {
    return await linkTarget(resolve(dirname(path), await readlink(path)));
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "EINVAL") return path;
    throw error;
  }
}

/** A copy that cannot have its original's owner and group is readable for its own owner alone. */
async function likeOriginal(path: string, original: Stats): Promise<void> {
  const file = await open(path, "r+");
  try {
    await makeLike(file, original).catch(() => file.chmod(original.mode & folderOwnerOnly));
  } finally {
    await file.close();
  }
}

/** Owner and group first: changing them may take bits away. Rejects where this user may not give files to that one. */
async function makeLike(file: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const own = await file.stat();
  if (own.uid !== uid || own.gid !== gid) await file.chown(uid, gid);
  await file.chmod(mode & 0o777);
}

/** For use after a failure, which the caller reports: on a read-only file system this fails as well. */
async function removeQuietly(path: string): Promise<void> {
  await removeIfThere(path).catch(() => {});
}

/** Undefined when there is no such file. */
async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Without this a crash of the machine may undo the renaming. Not every file system, nor Windows, can do it. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // The new content is in place for every reader; only its survival of a power cut is in doubt.
  }
}

function isMissing(error: unknown): boolean {
  return errorCode(error) === "ENOENT";
}
