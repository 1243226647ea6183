/** TypeScript in, one executable out. */
import { rm } from "node:fs/promises";
import { root } from "./paths.ts";

/** The flags of every executable, the measured ones and those of the benchmarks they are compared with. */
const flags = [
  "--compile",
  "--minify",
  // Without bytecode the start takes five times the CPU. Its format is CommonJS, the only one in which an
  // `import()` that does not run costs nothing; it refuses a top-level await.
  "--bytecode",
  // By default an executable reads `.env` and `bunfig.toml` from the working directory, so that a directory
  // could hand it an AWS_ACCESS_KEY_ID or code to run first. The last two are off anyway, today.
  "--no-compile-autoload-dotenv",
  "--no-compile-autoload-bunfig",
  "--no-compile-autoload-tsconfig",
  "--no-compile-autoload-package-json",
] as const;

export interface CompileRequest {
  readonly entry: string;
  readonly outfile: string;
  /** Such as `bun-linux-arm64-musl`; absent for this machine. Bun fetches that target's runtime from npm. */
  readonly target?: string;
}

/** Compiles, or throws with what the compiler said. */
export async function compile(request: CompileRequest): Promise<void> {
  // A running executable cannot be written to, but it can be replaced.
  await rm(request.outfile, { force: true });
  const target = request.target === undefined ? [] : [`--target=${request.target}`];
  const child = Bun.spawn(
    [process.execPath, "build", ...flags, ...target, request.entry, "--outfile", request.outfile],
    { cwd: root, stdin: "ignore", stdout: "pipe", stderr: "pipe" },
  );
  const [stdout, stderr, status] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (status !== 0) {
    throw new Error(`cannot compile ${request.entry}: bun build ended with ${status}\n${stdout}${stderr}`);
  }
}
