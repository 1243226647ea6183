/** A program that puts its words in its own place by `rawReplacer`, or prints the code of the error. */
import { rawReplacer } from "../../../src/system/processes/exec-raw.ts";

const [, , ...argv] = process.argv;
const [program = ""] = argv;
const replace = rawReplacer(argv, { ...process.env, NEW: "new" });
const code = process.env.SCRIPT === "1" ? replace?.("/bin/sh", program) : replace?.(program);
await Bun.write(Bun.stdout, code ?? "undefined");
