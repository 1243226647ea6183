/** JavaScript in, one executable out. */
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";

export interface CompileRequest {
  /** Puts JavaScript files into the folder, which does not exist, and resolves to their names. The first is run. */
  readonly bundle: (folder: string) => Promise<readonly [string, ...string[]]>;
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
 */
export async function compile({ bundle, outfile, target, runtime }: CompileRequest): Promise<void> {
  const folder = `${outfile}-parts`;
  try {
    const names = await bundle(folder);
    const [main] = names;
    await embed(folder, names, {
      outfile: join(folder, "out", main),
      ...(target === undefined ? {} : { target }),
      ...(runtime === undefined ? {} : { executablePath: runtime }),
    });
    await rename(join(folder, "out", main + (target?.startsWith("bun-windows") ? ".exe" : "")), outfile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
