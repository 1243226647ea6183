/** A program that asks one question, on the terminal or (`win32`) on the console, and writes the outcome to a file. */
import { Failure } from "../../src/errors.ts";
import { promptSecret } from "../../src/real/terminal.ts";

const [, , file = "", platform] = process.argv;
try {
  const answer = await promptSecret("What is it? ", platform === "win32" ? "win32" : "linux");
  await Bun.write(file, answer === undefined ? "no terminal" : `answer <${answer}>`);
} catch (error) {
  await Bun.write(file, error instanceof Failure ? error.kind : String(error));
  process.exitCode = 130;
}
