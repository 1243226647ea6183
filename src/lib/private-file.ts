/** Files that only their owner may read, with errors that name them. */

import type { FileMode, Reservation, System } from "../system/types.ts";
import { errorCode, Failure, reasonOf } from "./errors.ts";

const writeHint = "see that there is room on the disk, and that you may write there";

export type FileAccess = Pick<
  System,
  | "readText"
  | "readOwn"
  | "replaceFile"
  | "reserveReplacement"
  | "removeFile"
  | "listFolder"
  | "makeFolder"
  | "restrictFolder"
  | "checkFolder"
>;

/** Undefined when there is no such file. */
export async function readPrivate(
  system: Pick<System, "readText">,
  path: string,
): Promise<string | undefined> {
  return named(`read ${path}`, () => system.readText(path));
}

/** Bytes by which a renewed token or session may be longer than the old one. */
const growth = 4096;

/**
 * Makes sure, before a refresh token is spent, that the file can be replaced by a text like this one. Throws a Failure that
 * names the file. The caller releases the reservation before it writes the file.
 */
export async function reservePrivate(
  system: Pick<System, "makeFolder" | "reserveReplacement">,
  path: string,
  text: string,
  mode?: FileMode,
): Promise<Reservation> {
  const reserve = async () => {
    await system.makeFolder(folderOf(path));
    return system.reserveReplacement(path, 4 * text.length + growth, mode);
  };
  return named(`write ${path}`, reserve, [writeHint]);
}

/** A reader sees the whole old content or the whole new one. Missing folders are made. */
export async function writePrivate(
  system: Pick<System, "makeFolder" | "replaceFile">,
  path: string,
  text: string,
): Promise<void> {
  const write = async () => {
    await system.makeFolder(folderOf(path));
    await system.replaceFile(path, text);
  };
  await named(`write ${path}`, write, [writeHint]);
}

/** Reads a file in the program's own folder; throws a Failure for a file that other users could write to. */
export async function readOwnFile(
  system: Pick<System, "readOwn">,
  path: string,
): Promise<string | undefined> {
  return named(`read ${path}`, () => system.readOwn(path), ["remove it, and sign in again if need be"]);
}

/** Writes a file in the program's own folder, as `writePrivate()` does, but replaces a symbolic link. */
export async function writeOwnFile(
  system: Pick<System, "makeFolder" | "replaceFile">,
  path: string,
  text: string,
): Promise<void> {
  const write = async () => {
    await system.makeFolder(folderOf(path));
    await system.replaceFile(path, text, "own");
  };
  await named(`write ${path}`, write, [
    "see that there is room on the disk, and that you may write there, or set AWS_LOGIN_HOME to another folder",
  ]);
}

/** Makes the program's own folder when it is missing, and takes other users' rights away, before a file is stored there. */
export async function restrictOwnFolder(system: Pick<System, "restrictFolder">, path: string): Promise<void> {
  await usable(path, () => system.restrictFolder(path));
}

/** Throws a Failure for an own folder that other users could have written to; changes nothing. */
export async function checkOwnFolder(system: Pick<System, "checkFolder">, path: string): Promise<void> {
  await usable(path, () => system.checkFolder(path));
}

async function usable(path: string, look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("failed", `cannot use the folder ${path}: ${whyNoFolder(error)}`, {
      hints: ["set AWS_LOGIN_HOME to a folder that you may write to, and that holds nothing else"],
      cause: error,
    });
  }
}

/** The names of what is in the folder; none when there is no such folder. */
export async function listPrivate(
  system: Pick<System, "listFolder">,
  path: string,
): Promise<readonly string[]> {
  return named(`list the folder ${path}`, () => system.listFolder(path), ["see that you may read it"]);
}

/** Does nothing when there is no such file. */
export async function removePrivate(system: Pick<System, "removeFile">, path: string): Promise<void> {
  await named(`remove ${path}`, () => system.removeFile(path), ["see that you may write to its folder"]);
}

export function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return end <= 0 ? path.slice(0, end + 1) || "." : path.slice(0, end);
}

/** The reason in words, for the errors that an unsuitable folder causes. */
function whyNoFolder(error: unknown): string {
  const code = errorCode(error);
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "EROFS") return "the file system is read-only";
  if (code === "ENOTDIR" || code === "EEXIST") return "there is a file where a folder must be";
  return reasonOf(error);
}

async function named<T>(doing: string, work: () => Promise<T>, hints: readonly string[] = []): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const why = reasonOf(error);
    throw new Failure("failed", `cannot ${doing}: ${why}`, { hints, cause: error });
  }
}
