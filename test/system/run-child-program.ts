/** A program that calls `runChild` as its argument says, for tests to look at from outside. */
import { runChild } from "../../src/system/child.ts";

const { argv, env } = JSON.parse(process.argv[2] ?? "{}");
await Bun.write(Bun.stdout, `${JSON.stringify(await runChild(argv, env, process.platform))}\n`);
