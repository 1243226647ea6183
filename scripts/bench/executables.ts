/** The executables that are measured: the program, and the least ones it is compared with. */
import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { bundleAlone, bundleProgram } from "../project/bundle.ts";
import { compile } from "../project/compile.ts";
import { distFolder } from "../project/paths.ts";

export interface Executables {
  readonly program: string;
  readonly hello: string;
  readonly bareFetch: string;
  readonly bareServer: string;
}

const folder = join(distFolder, "bench");

/**
 * Compiles all of them and copies them in one go: a file written earlier lies in the page cache in smaller pieces,
 * which alone changes memory by a fifth and time by a tenth.
 */
export async function makeExecutables(): Promise<Executables> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const bundles = {
    program: bundleProgram,
    hello: bundleAlone(join(import.meta.dir, "floors/hello.ts")),
    bareFetch: bundleAlone(join(import.meta.dir, "floors/bare-fetch.ts")),
    bareServer: bundleAlone(join(import.meta.dir, "floors/bare-server.ts")),
  };
  for (const [name, bundle] of Object.entries(bundles))
    await compile({ bundle, outfile: join(folder, `${name}-built`) });
  return {
    program: await freshCopy("program"),
    hello: await freshCopy("hello"),
    bareFetch: await freshCopy("bareFetch"),
    bareServer: await freshCopy("bareServer"),
  };
}

async function freshCopy(name: keyof Executables): Promise<string> {
  const copy = join(folder, name);
  await copyFile(`${copy}-built`, copy);
  return copy;
}

/** Removes hundreds of megabytes that no later run needs. */
export async function removeExecutables(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
