/**
 * The program's own folder and the files in it. Folders, files and links that other users could have put there are
 * refused. Other users can add nothing to a folder of this user's with mode 0700, so that mode is set first.
 */
import { constants, type Stats } from "node:fs";
import { chmod, type FileHandle, lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../../lib/errors.ts";
import { makeFolder } from "./files.ts";

const ownerOnly = 0o600;
const folderOwnerOnly = 0o700;
const othersRights = 0o077;
const othersMayWrite = 0o022;
const groupMayWrite = 0o020;
const sticky = 0o1000;
const everyBit = 0o7777;
/** The depth of the program's own files: `tokens/….json`. */
const depth = 2;

/** The names that the program and its Python namesake use in the folder. */
const ownNames: ReadonlySet<string> = new Set([
  "tokens",
  "clients",
  "credentials",
  "listings",
  "endpoints",
  "locks",
  "recent.json",
  "portals.json",
  "store.json",
  "aws-accesstoken-cache.json",
]);

/** Windows has neither flag: there, opening follows a link, and may wait. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/**
 * Makes the folder when it is missing, and closes it and the folders in it to others. Rejects where `checkFolder()` does,
 * and changes nothing then.
 */
export async function restrictFolder(path: string): Promise<void> {
  if (process.platform === "win32") return makeFolder(path);
  let found = await lookAt(path);
  if (found === undefined) {
    await makeFolder(path);
    found = await lstat(path);
  }
  const why = await whyUnfit(path, found);
  if (why !== undefined) throw new Error(why);
  if (!isOpen(found)) return;
  await chmod(path, restricted(found));
  // Once more, now that other users can add nothing.
  const foreign = await findForeign(path, found, depth);
  if (foreign === undefined) return restrictFoldersIn(path);
  // The next run must check again.
  await chmod(path, found.mode & everyBit);
  throw new Error(foreign);
}

/**
 * Rejects for a symbolic link and for another user's folder. Where the folder is open to others, it also rejects when the
 * folder holds files of other programs, and when others could write to it and a file in it is not this user's.
 */
export async function checkFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const found = await lookAt(path);
  const why = found && (await whyUnfit(path, found));
  if (why !== undefined) throw new Error(why);
}

/** Undefined when the path does not exist. */
async function lookAt(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function whyUnfit(path: string, found: Stats): Promise<string | undefined> {
  const why = whyForeign(found);
  if (why !== undefined) return why;
  if (!found.isDirectory()) return "there is a file where a folder must be";
  if (!isOpen(found)) return undefined;
  // Other users of such a folder would be shut out of it.
  if ((found.mode & sticky) !== 0) return "it is meant for several users (its sticky bit is set)";
  const unexpected = (await readdir(path)).find((name) => !isOwnName(name));
  if (unexpected !== undefined) {
    return `others may look into it, and ${join(path, unexpected)} is not aws-login's (if all of it is for you alone: chmod 700)`;
  }
  return findForeign(path, found, depth);
}

function isOpen({ mode }: Stats): boolean {
  return (mode & othersRights) !== 0;
}

function restricted({ mode }: Stats): number {
  return (mode & everyBit & ~othersRights) | folderOwnerOnly;
}

/** Also true of a temporary file that a killed write left behind. */
function isOwnName(name: string): boolean {
  return ownNames.has(name.replace(/\.[0-9a-f]{16}\.tmp$/, ""));
}

async function restrictFoldersIn(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await lstat(path);
    if (found.isDirectory() && whyForeign(found) === undefined && isOpen(found)) {
      await chmod(path, restricted(found));
    }
  }
}

/**
 * The text of one of the program's own files, or undefined when there is none. Rejects unless it is a plain
 * file of this user's that no other user may write to: the owner of a file does not tell who wrote its content. Never
 * waits, as a reader of a pipe does.
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
    if (process.platform !== "win32" && mayOthersWrite(await file.stat())) {
      throw new Error("others may write to it, and may have (if they have not: chmod go-w)");
    }
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

/**
 * Opens one of the program's own files, with the flags of open(2); one that is made is for its owner alone. Rejects
 * unless it is a regular file of this user's: another user could have written its content, or could read it.
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
    const why = found.isFile() ? whyForeign(found) : "it is not a regular file";
    if (why !== undefined) throw new Error(why);
    // The umask may have taken away what the owner needs.
    if ((flags & constants.O_CREAT) !== 0 && (found.mode & 0o777) !== ownerOnly) await file.chmod(ownerOnly);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Where each user has a group of the same number, with no other member, the umask lets the group write: such a file is
 * still this user's alone.
 */
function mayOthersWrite({ mode, uid, gid }: Stats): boolean {
  return (mode & othersMayWrite & ~(uid === gid ? groupMayWrite : 0)) !== 0;
}

function whyForeign(found: Stats): string | undefined {
  if (found.isSymbolicLink()) return "it is a symbolic link";
  const own = process.getuid?.();
  return own === undefined || found.uid === own
    ? undefined
    : `it belongs to another user (${found.uid}, you are ${own})`;
}

/** The first file that others could put into the folder, or into a folder in it, and that is not this user's, in words. */
async function findForeign(
  folder: string,
  { mode }: Pick<Stats, "mode">,
  levels: number,
): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await lstat(path);
    const why = (mode & othersMayWrite) === 0 ? undefined : whyForeign(found);
    if (why !== undefined) return `others may write to it, and ${path} is not yours: ${why}`;
    if (!found.isDirectory() || levels <= 1) continue;
    // A user who may write to a folder may have made the folders in it.
    const deeper = await findForeign(path, { mode: mode | found.mode }, levels - 1);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}
