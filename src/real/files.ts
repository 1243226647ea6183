import {
  chmod,
  constants,
  copyFile as copy,
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
import { dirname, resolve } from "node:path";
import type { FileMode } from "../system.ts";
import { errorCode } from "./error-code.ts";

const ownerOnly = 0o600;
const folderOwnerOnly = 0o700;

/**
 * Writes a temporary file beside the real one, for its owner alone, and puts it in the other's place when every byte is
 * on the disk. The temporary name does not end as the real one does: some take the newest `*.json` of a folder.
 */
export async function replaceFile(path: string, text: string, mode: FileMode = "owner-only"): Promise<void> {
  const target = await linkTarget(path);
  const bits = mode === "kept" ? await modeOf(target) : undefined;
  const temporary = `${target}.${crypto.getRandomValues(new Uint8Array(8)).toHex()}.tmp`;
  try {
    const file = await open(temporary, "wx", ownerOnly);
    try {
      await file.writeFile(text);
      if (bits !== undefined) await file.chmod(bits);
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
}

export async function listFolder(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (isMissing(error)) return [];
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

/** The permission bits; undefined when there is no such file. */
async function modeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mode & 0o777;
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
