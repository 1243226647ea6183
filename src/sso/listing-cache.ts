/** Cached listings in the program's own folder, each beside the sign-in that it was made with. */
import { Failure } from "../lib/errors.ts";
import {
  checkOwnFolder,
  type FileAccess,
  readOwnFile,
  removePrivate,
  restrictOwnFolder,
  writeOwnFile,
} from "../lib/private-file.ts";
import { type ListingParts, listingParts } from "./listing-file.ts";
import { listingPath } from "./listing-path.ts";

/**
 * Undefined when there is none, or none that can be used. A cached listing saves a question to the portal and decides
 * nothing that AWS decides, so one that cannot be read counts as absent; `trace` is told.
 */
export async function readListing(
  system: Pick<FileAccess, "readOwn" | "checkFolder">,
  folder: string | undefined,
  signIn: string,
  trace: (line: string) => void,
): Promise<ListingParts | undefined> {
  if (folder === undefined) return undefined;
  try {
    await checkOwnFolder(system, folder);
    const text = await readOwnFile(system, listingPath(folder, signIn));
    return text === undefined ? undefined : listingParts(text);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    trace(`no cached listing is used: ${error.message}`);
    return undefined;
  }
}

/** `text` is of `formatListing()`. Without a place to write, the listing serves this run alone; `trace` is told. */
export async function writeListing(
  system: FileAccess,
  folder: string | undefined,
  signIn: string,
  text: string,
  trace: (line: string) => void,
): Promise<void> {
  if (folder === undefined) return;
  try {
    await restrictOwnFolder(system, folder);
    await writeOwnFile(system, listingPath(folder, signIn), text);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    trace(`the listing is not cached: ${error.message}`);
  }
}

/** Throws a Failure that names the file. */
export async function removeListing(
  system: Pick<FileAccess, "removeFile">,
  folder: string,
  signIn: string,
): Promise<void> {
  await removePrivate(system, listingPath(folder, signIn));
}
