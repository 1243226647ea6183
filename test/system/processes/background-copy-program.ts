/** Started by a test: starts a copy of a program, hands it a text, and becomes a program that keeps or closes the pipe. */
import { startInBackground } from "../../../src/system/processes/background-copy.ts";
import { runProgram } from "../../../src/system/processes/run-program.ts";

const [word = "", text = "", ...argv] = process.argv.slice(2);
const copy = await startInBackground({ word, follows: "program" }, process.env);
await copy.give(text);
process.stdout.write(`${await copy.firstLine()}\n`);
await runProgram(argv, process.env, process.platform, "pipe");
