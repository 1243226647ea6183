import { Failure } from "../errors.ts";

/**
 * Asks on the console and resolves to the line typed there without echo; undefined when stdin is no console. Rejects
 * with the Failure `interrupted` on Ctrl-C, which is an ordinary character while the echo is off.
 */
export async function promptOnConsole(question: string): Promise<string | undefined> {
  const input = process.stdin;
  if (!input.isTTY) return undefined;
  input.setRawMode(true);
  try {
    await Bun.write(Bun.stderr, question);
    let line = "";
    for await (const chunk of input.setEncoding("utf8")) {
      for (const character of String(chunk)) {
        if (character === "\r" || character === "\n") return line;
        if (character === "\x03") throw new Failure("interrupted", "asking on the console: interrupted");
        line = character === "\b" || character === "\x7f" ? line.slice(0, -1) : line + character;
      }
    }
    throw new Failure("failed", "cannot ask on the console: it ended before a line was typed");
  } finally {
    input.setRawMode(false);
    input.pause();
    await Bun.write(Bun.stderr, "\n");
  }
}
