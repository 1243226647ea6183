import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives a new folder, and takes it away when the work is done. */
export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "aws-login-release-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
