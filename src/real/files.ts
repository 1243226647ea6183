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
  rm,
  stat,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { FileMode } from "../system.ts";
import { errorCode } from "./error-code.ts";

const ownerOnly = 0o600;
const folderOwnerOnly = 0o700;
/** Milliseconds after which nobody is still at a temporary file. */
const staleAfter = 60_000;

/**
 * Writes a temporary file beside the real one, for its owner alone, and puts it in the other's place when every byte is
 * on the disk. The temporary name does not end as the real one does: some take the newest `*.json` of a folder.
 */
export async function replaceFile(path: string, text: string, mode: FileMode = "owner-only"): Promise<void> {
  const target = await linkTarget(path);
  const before = mode === "kept" ? await statOf(target) : undefined;
  const temporary = `${target}.${crypto.getRandomValues(new Uint8Array(8)).toHex()}.tmp`;
  try {
    const file = await open(temporary, "wx", ownerOnly);
    try {
      await file.writeFile(text);
      if (before !== undefined) await makeLike(file, before);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
  await removeTemporaries(target);
}

/** Undefined when there is no such file. */
export async function readBytes(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** False when there is something at `to` already. */
export async function copyFile(from: string, to: string): Promise<boolean> {
  try {
    await copy(from, to, constants.COPYFILE_EXCL);
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
  await syncFolder(dirname(to));
  return true;
}

export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
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
  await mkdir(path, { recursive: true, mode: folderOwnerOnly });
}

export async function narrowFolder(path: string): Promise<void> {
  await makeFolder(path);
  if (process.platform === "win32") return;
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) await chmod(path, folderOwnerOnly);
  // Somebody else's folder shows itself here, and not only at the first file in it.
  await readdir(path);
}

/** Where the path leads: people keep their files elsewhere and put links in their place, also before there is a file. */
async function linkTarget(path: string): Promise<string> {
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

/** Owner and group first: changing them may take bits away. Rejects where this user may not give files to that one. */
async function makeLike(file: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const own = await file.stat();
  if (own.uid !== uid || own.gid !== gid) await file.chown(uid, gid);
  await file.chmod(mode & 0o777);
}

/** What writes of this file left beside it that were killed: as secret as the file. */
async function removeTemporaries(path: string): Promise<void> {
  const start = `${basename(path)}.`;
  try {
    for (const name of await readdir(dirname(path))) {
      if (!name.startsWith(start) || !/^[0-9a-f]{16}\.tmp$/.test(name.slice(start.length))) continue;
      const temporary = join(dirname(path), name);
      // A younger one may be another process's, which is about to put it in place.
      if (Date.now() - (await stat(temporary)).mtimeMs > staleAfter) await rm(temporary, { force: true });
    }
  } catch {
    // What was asked for is done; the next write looks again.
  }
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
    // The new content is in place for everybody who looks; only its survival of a power cut is in doubt.
  }
}

function isMissing(error: unknown): boolean {
  return errorCode(error) === "ENOENT";
}
