/** JavaScript or TypeScript in, one executable out. */
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
 * name of the output is the same and the working directory is the project's folder: both become part of it.
 */
export async function compile({ entry, outfile, target, runtime }: CompileRequest): Promise<void> {
  await Bun.build({
    entrypoints: [entry],
    target: "bun",
    minify: true,
    // Without bytecode a start takes three times the CPU.
    bytecode: true,
    // Each `import()` becomes a file of its own, of which a start loads only what it runs. In one CommonJS file all
    // modules share a scope, and starting makes every function in it: a tenth of the start, growing with the program.
    format: "esm",
    splitting: true,
    compile: {
      outfile,
      // By default an executable reads `.env` and `bunfig.toml` of the working directory, so that a directory
      // could hand it an AWS_ACCESS_KEY_ID, or code to run first. The last two are off by default, today.
      autoloadDotenv: false,
      autoloadBunfig: false,
      autoloadTsconfig: false,
      autoloadPackageJson: false,
      // Four times the usual patience before a function is compiled to machine code: with the usual one, reading the
      // arguments can already start the thread that compiles.
      jitPolicy: 4,
      ...(target === undefined ? {} : { target }),
      ...(runtime === undefined ? {} : { executablePath: runtime }),
    },
  });
}
