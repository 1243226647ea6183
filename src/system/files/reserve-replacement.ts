/** Makes sure that a file can be replaced, before a refresh token is spent whose successor the file must hold. */
import { constants } from "node:fs";
import { access, link, open } from "node:fs/promises";
import { errorCode, reasonOf } from "../../lib/errors.ts";
import type { FileMode, Reservation } from "../types.ts";
import { removeIfThere } from "./remove-if-there.ts";
import { linkTarget } from "./replace-file.ts";
import { temporaryName } from "./temporary-files.ts";

/** As `System.reserveReplacement`. */
export async function reserveReplacement(path: string, bytes: number, mode?: FileMode): Promise<Reservation> {
  const target = mode === "own" ? path : await linkTarget(path);
  const temporary = temporaryName(target);
  // A file that cannot be removed only takes room, and the next replacement removes it; the caller has a token to store.
  const release = () => removeIfThere(temporary).catch(() => {});
  try {
    await refuseUnreplaceable(target);
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(incompressible(bytes));
      // Some file systems report a full disk or a quota only now.
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { release };
}

/**
 * Containers mount single files, which cannot be replaced: rename(2) fails with EBUSY. A hard link to such a file fails
 * with EXDEV, because it would lead from one mount to another. A folder in which the link cannot be removed (one that only
 * grows, or a sticky one with another user's file) lets no file be replaced either.
 */
async function refuseUnreplaceable(target: string): Promise<void> {
  const probe = temporaryName(target);
  try {
    await access(target, constants.W_OK).catch(refuseReadOnly);
    await link(target, probe);
  } catch (error) {
    if (errorCode(error) === "EXDEV") {
      throw new Error("it is a mount of its own, which cannot be replaced", { cause: error });
    }
    if (errorCode(error) === "EROFS") throw error;
    // There is no file yet, or the file system has no hard links.
    return;
  }
  try {
    await removeIfThere(probe);
  } catch (error) {
    throw new Error(`no file beside it can be removed: ${reasonOf(error)}`, { cause: error });
  }
}

/** A file without the right to write can be replaced; a file on a read-only mount cannot. */
function refuseReadOnly(error: unknown): void {
  if (errorCode(error) === "EROFS") throw error;
}

/** Random bytes, so that a file system that compresses needs the whole space. */
function incompressible(bytes: number): Uint8Array {
  const block = crypto.getRandomValues(new Uint8Array(Math.min(bytes, 65_536)));
  return bytes <= block.length ? block : Buffer.concat(Array(Math.ceil(bytes / block.length)).fill(block));
}
