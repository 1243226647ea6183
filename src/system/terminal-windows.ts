import { Failure } from "../lib/errors.ts";

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
    return await typedLine(input);
  } finally {
    input.setRawMode(false);
    await Bun.write(Bun.stderr, "\n");
  }
}

/** By events: to iterate over stdin and stop would close it, and there may be another question. */
async function typedLine(input: NodeJS.ReadStream): Promise<string> {
  const typed = Promise.withResolvers<string>();
  let line = "";
  const take = (chunk: string) => {
    for (const character of chunk) {
      if (character === "\r" || character === "\n") return typed.resolve(line);
      if (character === "\x03") {
        return typed.reject(new Failure("interrupted", "asking on the console: interrupted"));
      }
      line = character === "\b" || character === "\x7f" ? line.slice(0, -1) : line + character;
    }
  };
  const ended = () =>
    typed.reject(new Failure("failed", "cannot ask on the console: it ended before a line was typed"));
  input.setEncoding("utf8").on("data", take).on("end", ended).on("error", typed.reject);
  input.resume();
  try {
    return await typed.promise;
  } finally {
    input.pause();
    input.off("data", take).off("end", ended).off("error", typed.reject);
  }
}
