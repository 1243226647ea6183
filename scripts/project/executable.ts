/** The executable for this machine. */
import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { bundleProgram } from "./bundle.ts";
import { compile } from "./compile.ts";
import { distFolder, executable, root } from "./paths.ts";

/** Puts the executable in place in one step: others may be building or running it at this moment. */
export async function buildExecutable(): Promise<void> {
  await mkdir(distFolder, { recursive: true });
  const folder = await mkdtemp(join(distFolder, "build-"));
  try {
    const built = join(folder, basename(executable));
    await compile({ bundle: bundleProgram, outfile: built });
    await rename(built, executable);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Builds when there is no executable, or when one of the files it is made of is newer. */
export async function buildIfStale(): Promise<void> {
  const built = await modified(executable);
  const globs = ["src/**/*.ts", "scripts/project/*.ts", "package.json"];
  for (const glob of globs) {
    for await (const source of new Bun.Glob(glob).scan({ cwd: root })) {
      if ((await modified(join(root, source))) > built) {
        console.error("building the executable");
        await buildExecutable();
        return;
      }
    }
  }
}

/** Milliseconds since the epoch; 0 for a file that does not exist. */
async function modified(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return 0;
  }
}
