/**
 * The program's own folder and the files in it. What other users could put there must not be believed: neither their
 * folders and files, nor links that lead elsewhere. Nobody else can add anything to a folder that is ours and open to
 * nobody, so that is what is made sure of first.
 */
import { constants, type Stats } from "node:fs";
import { chmod, type FileHandle, lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../errors.ts";
import { makeFolder } from "./files.ts";

const ownerOnly = 0o600;
const folderOwnerOnly = 0o700;
const othersRights = 0o077;
const othersMayWrite = 0o022;
/** How deep the program's own files lie: `tokens/….json`. */
const depth = 2;

/** Windows has none of these: a link is followed there, and nothing is opened without waiting. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/**
 * Makes the folder when it is missing, and shuts others out of it. Rejects for a symbolic link, for another user's
 * folder, and for one that others could write to until now when something in it is not this user's.
 */
export async function narrowFolder(path: string): Promise<void> {
  await makeFolder(path);
  if (process.platform === "win32") return;
  const found = await lstat(path);
  const why = whyForeign(found);
  if (why !== undefined) throw new Error(why);
  if ((found.mode & othersRights) === 0) return;
  // First of all, so that nothing is added while it is looked through.
  await chmod(path, folderOwnerOnly);
  if ((found.mode & othersMayWrite) === 0) return;
  const foreign = await findForeign(path, depth);
  if (foreign === undefined) return;
  // The next run must look again.
  await chmod(path, found.mode & 0o777);
  throw new Error(`others may write to it, and ${foreign}`);
}

/**
 * The text of one of the program's own files, or undefined when there is none. Rejects for whatever is no plain file
 * of this user's. Never waits for somebody to write, as a reader of a pipe does.
 */
export async function readOwn(path: string): Promise<string | undefined> {
  let file: FileHandle;
  try {
    file = await openOwn(path, constants.O_RDONLY);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
  try {
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

/**
 * Opens one of the program's own files, with the flags of open(2); one that is made is for its owner alone. Rejects for
 * whatever is no plain file of this user's: its content, or what is written to it, might be somebody else's.
 */
export async function openOwn(path: string, flags: number): Promise<FileHandle> {
  let file: FileHandle;
  try {
    file = await open(path, flags | O_NOFOLLOW | O_NONBLOCK, ownerOnly);
  } catch (error) {
    if (errorCode(error) === "ELOOP") throw new Error("it is a symbolic link", { cause: error });
    throw error;
  }
  try {
    const found = await file.stat();
    const why = found.isFile() ? whyForeign(found) : "it is no plain file";
    if (why !== undefined) throw new Error(why);
    // The umask may have taken away what the owner needs.
    if ((flags & constants.O_CREAT) !== 0 && (found.mode & 0o777) !== ownerOnly) await file.chmod(ownerOnly);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

function whyForeign(found: Stats): string | undefined {
  if (found.isSymbolicLink()) return "it is a symbolic link";
  const own = process.getuid?.();
  return own === undefined || found.uid === own
    ? undefined
    : `it belongs to another user (${found.uid}, you are ${own})`;
}

/** The first thing in the folder that is not this user's, and why, in words. */
async function findForeign(folder: string, levels: number): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await lstat(path);
    const why = whyForeign(found);
    if (why !== undefined) return `${path} is not yours: ${why}`;
    const deeper = found.isDirectory() && levels > 1 ? await findForeign(path, levels - 1) : undefined;
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}
