/** A program that asks for what a person pastes, until SIGWINCH comes, and writes the outcome to a file. */
import { Failure } from "../../../src/lib/errors.ts";
import { promptPaste } from "../../../src/system/terminal/terminal-paste.ts";

const [, , file = "", platform] = process.argv;
const ended = new AbortController();
process.on("SIGWINCH", () => ended.abort());
try {
  const pasted = await promptPaste("Paste it: ", ended.signal, platform === "win32" ? "win32" : "linux");
  await Bun.write(file, JSON.stringify(pasted));
} catch (error) {
  await Bun.write(file, error instanceof Failure ? error.kind : String(error));
  process.exitCode = 130;
}
