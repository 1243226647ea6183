/**
 * A program that asks one question, or as many as its last argument says, on the terminal or (`win32`) on the console,
 * and writes the outcome to a file.
 */
import { Failure } from "../../../src/lib/errors.ts";
import { promptSecret } from "../../../src/system/terminal/terminal.ts";

const [, , file = "", platform, questions = "1"] = process.argv;
try {
  const outcomes: string[] = [];
  for (let asked = 0; asked < Number(questions); asked++) {
    const answer = await promptSecret("What is it? ", platform === "win32" ? "win32" : "linux");
    outcomes.push(answer === undefined ? "no terminal" : `answer <${answer}>`);
  }
  await Bun.write(file, outcomes.join(", "));
} catch (error) {
  await Bun.write(file, error instanceof Failure ? error.kind : String(error));
  process.exitCode = 130;
}
