import { unlink } from "node:fs/promises";
import { errorCode } from "../../lib/errors.ts";

/**
 * Removes the file, or does nothing when there is none. Rejects with the system's own error: `rm()` of Bun 1.4.5 reports
 * EPERM and EIO as EFAULT, "bad address".
 */
export async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}
