/** The executable for this machine. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { compile } from "./compile.ts";
import { entry, executable, root } from "./paths.ts";

export async function buildExecutable(): Promise<void> {
  await compile({ entry, outfile: executable });
}

/** Builds when there is no executable, or when one of the files it is made of is newer. */
export async function buildIfStale(): Promise<void> {
  const built = await modified(executable);
  const sources = [join(root, "package.json"), import.meta.path, join(import.meta.dir, "compile.ts")];
  for await (const file of new Bun.Glob("src/**/*.ts").scan({ cwd: root, absolute: true }))
    sources.push(file);
  for (const source of sources) {
    if ((await modified(source)) > built) {
      console.error("building the executable");
      await buildExecutable();
      return;
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
