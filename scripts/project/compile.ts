/** JavaScript or TypeScript in, one executable out. */
import { readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";

export interface CompileRequest {
  readonly entry: string;
  /** Must not exist. */
  readonly outfile: string;
  /** Absent for this machine. Bun fetches the runtime of another one from the npm registry. */
  readonly target?: Bun.Build.CompileTarget;
  /** The path of the target's runtime; absent to let Bun choose. */
  readonly runtime?: string;
}

/**
 * Compiles, or throws with what the compiler said. The same sources give the same bytes, wherever they lie, when the
 * place of the output is the same as seen from the working directory, and that is the project's folder.
 *
 * In two steps, because an executable made in one has what its entry shares with what is loaded later in a file of its
 * own, and to load a second file takes a fiftieth of a start.
 */
export async function compile({ entry, outfile, target, runtime }: CompileRequest): Promise<void> {
  const folder = `${outfile}-parts`;
  try {
    const main = await bundle(entry, folder);
    const others = (await readdir(folder)).filter((name) => name !== main).toSorted();
    await embed(folder, [main, ...others], {
      // The other files import the entry, which the executable has under the name of the output.
      outfile: join(folder, "out", main),
      ...(target === undefined ? {} : { target }),
      ...(runtime === undefined ? {} : { executablePath: runtime }),
    });
    await rename(join(folder, "out", main + (target?.startsWith("bun-windows") ? ".exe" : "")), outfile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Each `import()` becomes a file of its own, of which a start loads only what it runs. In one CommonJS file all modules
 * share a scope, and starting makes every function in it: a tenth of the start, growing with the program. Resolves to
 * the name of the entry's file.
 */
async function bundle(entry: string, folder: string): Promise<string> {
  const { outputs } = await Bun.build({
    entrypoints: [entry],
    target: "bun",
    minify: true,
    format: "esm",
    splitting: true,
    outdir: folder,
    // Only an entry with a hash in its name takes in what it shares with other files.
    naming: { entry: "[name]-[hash].[ext]" },
  });
  const main = outputs.find(({ kind }) => kind === "entry-point");
  if (main === undefined) throw new Error(`there is no bundle of ${entry}`);
  return basename(main.path);
}

/** Puts the files into an executable as they are. The first is run. */
async function embed(
  folder: string,
  names: readonly string[],
  output: Bun.CompileBuildOptions,
): Promise<void> {
  await Bun.build({
    entrypoints: names.map((name) => join(folder, name)),
    root: folder,
    external: ["./*"],
    target: "bun",
    format: "esm",
    minify: { whitespace: true },
    // Without bytecode a start takes three times the CPU.
    bytecode: true,
    compile: {
      // By default an executable reads `.env` and `bunfig.toml` of the working directory, so that a directory
      // could hand it an AWS_ACCESS_KEY_ID, or code to run first. The last two are off by default, today.
      autoloadDotenv: false,
      autoloadBunfig: false,
      autoloadTsconfig: false,
      autoloadPackageJson: false,
      // Waits four times as long as usual before a function is compiled to machine code: with the usual one, reading the
      // arguments can already start the thread that compiles.
      jitPolicy: 4,
      ...output,
    },
  });
}
