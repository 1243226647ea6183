/** A program that runs test files, one after the other: `test-files-program.ts FOLDER FILE…`. */
import { Interrupted, runFiles } from "../../../scripts/trials/test-files.ts";

const [, , folder = "", ...files] = process.argv;

try {
  await runFiles({
    ...{ files, folder, jobs: 1, env: process.env },
    late: () => AbortSignal.timeout(30_000),
    say: (line) => process.stdout.write(line),
  });
} catch (error) {
  if (!(error instanceof Interrupted)) throw error;
  process.exitCode = error.status;
}
