/** Replacing a file, and copying one, as a whole: a reader sees the old content or the new, also after a crash. */
import type { Stats } from "node:fs";
import {
  constants,
  copyFile as copy,
  type FileHandle,
  open,
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
import { statOf } from "./files.ts";
import { removeIfThere } from "./remove-if-there.ts";
import { removeTemporaries, temporaryName } from "./temporary-files.ts";

const ownerOnly = 0o600;
/** The bits of a mode that are the owner's. */
const ownersPart = 0o700;

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

/** The target of symbolic links at the path: users link their config elsewhere, sometimes before the target exists. */
export async function linkTarget(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
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
    await makeLike(file, original).catch(() => file.chmod(original.mode & ownersPart));
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
