/** The line that a terminal in raw mode hands on character by character. Pure. */
import type { Pasted } from "../types.ts";

/** Characters. The longest address that a sign-in leads to has a few thousand. */
export const longestPaste = 65_536;

/** Terminals put these around what is pasted, when the program before this one asked them to. */
const pasteMarks = ["\x1b[200~", "\x1b[201~"];

export interface TypedLine {
  /** The answer, once the line has ended; what follows the line in `text` is dropped. */
  take(text: string): Pasted | undefined;
}

/**
 * Backspace takes a character back and Ctrl-U all of them. An empty line is an answer, or is skipped: a pasted line may
 * end with two line ends.
 */
export function typedLine({ emptyLines }: { readonly emptyLines: "taken" | "skipped" }): TypedLine {
  let line = "";
  let isTooLong = false;
  const take: TypedLine["take"] = (text) => {
    for (const character of text) {
      if (character === "\r" || character === "\n") {
        const pasted = pasteMarks.reduce((rest, mark) => rest.replaceAll(mark, ""), line);
        if (isTooLong) return { kind: "too-long" };
        if (pasted !== "" || emptyLines === "taken") return { kind: "pasted", text: pasted };
        line = "";
      } else if (character === "\b" || character === "\x7f") line = line.slice(0, -1);
      else if (character === "\x15") [line, isTooLong] = ["", false];
      else if (line.length < longestPaste) line += character;
      else isTooLong = true;
    }
    return undefined;
  };
  return { take };
}
