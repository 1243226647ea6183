import { describe, expect, test } from "bun:test";
import { longestPaste, typedLine } from "../../../src/system/terminal/typed-line.ts";

const skipping = () => typedLine({ emptyLines: "skipped" });
const pasted = (text: string) => ({ kind: "pasted", text }) as const;

describe("typedLine()", () => {
  test("typedLine() joins what comes in pieces, until the line ends", () => {
    const line = skipping();
    expect(line.take("ab")).toBeUndefined();
    expect(line.take("c\rrest")).toEqual(pasted("abc"));
  });

  test("typedLine() takes back what backspace and Ctrl-U delete", () => {
    expect(skipping().take("x\x7fab\bc\n")).toEqual(pasted("ac"));
    expect(skipping().take("wrong\x15right\n")).toEqual(pasted("right"));
  });

  test("typedLine() skips an empty line, or takes it as the answer", () => {
    expect(skipping().take("\r\nabc\n")).toEqual(pasted("abc"));
    expect(typedLine({ emptyLines: "taken" }).take("\n")).toEqual(pasted(""));
  });

  test("typedLine() leaves out the marks of a bracketed paste", () => {
    expect(skipping().take("\x1b[200~abc\x1b[201~\n")).toEqual(pasted("abc"));
  });

  test("typedLine() takes the longest line whole, and none of a longer one", () => {
    const longest = "x".repeat(longestPaste);
    expect(skipping().take(`${longest}\n`)).toEqual(pasted(longest));
    expect(skipping().take(`${longest}x\n`)).toEqual({ kind: "too-long" });
    expect(skipping().take(`${longest}x\x15short\n`)).toEqual(pasted("short"));
  });
});
