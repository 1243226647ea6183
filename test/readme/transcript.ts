/** A transcript: lines that begin with `$ ` are typed, what follows is printed. `…` stands for anything in a line. */

export interface Step {
  /** The lines as they are shown, and what they are to bash. */
  readonly shown: string;
  readonly command: string;
  readonly output: readonly string[];
}

/** A line typed that ends in a backslash goes on in the next. Throws for a block that does not begin with one typed. */
export function steps(transcript: string): Step[] {
  return transcript.split(/^\$ /m).flatMap((part, index) => {
    if (index === 0 && part === "") return [];
    const [shown = ""] = part.match(/^(?:.*\\\n)*.*/) ?? [];
    if (index === 0) throw new Error(`a transcript begins with what was typed, not with ${shown}`);
    const output = part
      .slice(shown.length + 1)
      .split("\n")
      .slice(0, -1);
    return [{ shown: `$ ${shown}`, command: shown, output }];
  });
}

/** No program prints it. */
const MARK = "\x1e";

/** One run of bash for all steps, with a mark after what each of them printed, on either stream. */
export function script(all: readonly Step[]): string {
  const lines = all.map(({ command }) => `${command}\nmark\n`).join("");
  return `exec 2>&1\nmark() { local status=$?; printf '\\x1e'; return $status; }\n${lines}`;
}

/**
 * The transcript with what the script printed. A line that is as it was written, but for what the `…` and the times
 * in it stand for, is given as it was written, so that a comparison shows the others only.
 */
export function played(all: readonly Step[], printed: string): string {
  const parts = printed.split(MARK);
  return all
    .map(({ shown, output }, index) => {
      const got = (parts[index] ?? "").split("\n");
      if (got.at(-1) === "") got.pop();
      return [shown, ...got.map((line, at) => asWritten(output[at], line))]
        .map((line) => `${line}\n`)
        .join("");
    })
    .join("");
}

function asWritten(written: string | undefined, line: string): string {
  return written !== undefined && pattern(written).test(line) ? written : line;
}

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/;

function pattern(written: string): RegExp {
  const anything = written.split("…").map((part) => part.split(TIME).map(literally).join(TIME.source));
  return new RegExp(`^${anything.join(".+")}$`);
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
