/** Wine's programs, each of which is a process of Linux as well. */
import { readdir, readFile, readlink } from "node:fs/promises";
import type { WindowsScene } from "./windows-scene.ts";

/** The process ids of the scene's running executables. What Linux tells of their variables is overwritten by Wine. */
export async function executablesOf({ work, executable }: WindowsScene): Promise<number[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      // Empty for a process that is gone.
      const [line, folder] = await Promise.all([
        readFile(`/proc/${id}/cmdline`, "utf8").catch(() => ""),
        readlink(`/proc/${id}/cwd`).catch(() => ""),
      ]);
      return folder === work && line.startsWith(executable);
    }),
  );
  return ids.filter((_, index) => found[index]).map(Number);
}
