/** A program that calls `runProgram` as its argument says, for tests to look at from outside. */
import { runProgram } from "../../../src/system/processes/run-program.ts";

const { argv, env } = JSON.parse(process.argv[2] ?? "{}");
await Bun.write(Bun.stdout, `${JSON.stringify(await runProgram(argv, env, process.platform))}\n`);
