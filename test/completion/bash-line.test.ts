import { describe, expect, test } from "bun:test";
import { bashReplacements, readBashLine } from "../../src/completion/bash-line.ts";

const BREAKS = " \t\n\"'><=;|&(:";

describe("readBashLine()", () => {
  const cases: Record<string, [line: string, words: string[], text: string, quote: string, kept: number]> = {
    "plain words": ["aws-login console pro", ["aws-login", "console"], "pro", "", 0],
    "an empty word at the end": ["aws-login  console ", ["aws-login", "console"], "", "", 0],
    "escaped blanks": ["x a\\ b\\ c", ["x"], "a b c", "", 0],
    "closed quotes before the last word": [`x 'a b'"c \\" d" e`, ["x", 'a bc " d'], "e", "", 0],
    "an empty quoted word": ["x '' e", ["x", ""], "e", "", 0],
    "an open single quote": ["x 'a \\b", ["x"], "a \\b", "'", 0],
    "an open double quote": ['x "a \\$ \\b', ["x"], "a $ \\b", '"', 0],
    "a quote within a word": ["x --profile='a b", ["x"], "--profile=a b", "'", 10],
    "a word break": ["x a:b", ["x"], "a:b", "", 2],
    "an escaped word break": ["x a\\:b", ["x"], "a:b", "", 0],
    "a backslash at the end": ["x a\\", ["x"], "a\\", "", 0],
  };
  for (const [sentence, [line, words, text, quote, kept]] of Object.entries(cases)) {
    test(`readBashLine() reads ${sentence}`, () => {
      expect(readBashLine(line, BREAKS)).toEqual({ words, last: { text, quote, kept } } as never);
    });
  }

  test("readBashLine() knows no replaced part after a closed quote", () => {
    expect(readBashLine("x 'a'b", BREAKS)).toBeUndefined();
  });
});

describe("bashReplacements()", () => {
  const cases: Record<string, [line: string, whole: string, replacement: string | undefined]> = {
    "a plain name": ["x pr", "prod-1", "prod-1"],
    "every character that means something": [
      "x a",
      "a $(b) `c` \"d\" 'e' !f ~#*?[]{}\\",
      "a\\ \\$\\(b\\)\\ \\`c\\`\\ \\\"d\\\"\\ \\'e\\'\\ \\!f\\ \\~\\#\\*\\?\\[\\]\\{\\}\\\\",
    ],
    "letters beyond ASCII": ["x Z", "Zürich", "Zürich"],
    "word breaks": ["x a", "a:b=c@d", "a\\:b\\=c\\@d"],
    "what follows a word break": ["x a:", "a:b c", "b\\ c"],
    "another spelling before a word break": ["x A:", "a:b", undefined],
    "a name within single quotes": ["x 'a", "a 'b c", "a '\\''b c"],
    "a name within double quotes": ['x "a', 'a "$b` c', 'a \\"\\$b\\` c'],
    "a name that ends like the quote": ["x 'a", "a'", "a'\\'''"],
    "a ! within double quotes": ['x "a', "a!b", undefined],
  };
  for (const [sentence, [line, whole, replacement]] of Object.entries(cases)) {
    test(`bashReplacements() writes ${sentence}`, () => {
      const last = readBashLine(line, BREAKS)?.last;
      if (last === undefined) throw new Error("no word");
      // Names before and behind it change nothing.
      const expected = replacement === undefined ? "" : `${replacement}\n`;
      expect(bashReplacements("", `${whole}\n`, last)).toBe(expected);
      const between = bashReplacements("", `a1\n${whole}\na2\n`, last);
      expect(between).toBe(
        bashReplacements("", "a1\n", last) + expected + bashReplacements("", "a2\n", last),
      );
    });
  }

  test("bashReplacements() keeps what stands before the names as far as bash keeps it", () => {
    const word = (line: string, breaks: string) => {
      const last = readBashLine(line, breaks)?.last;
      if (last === undefined) throw new Error("no word");
      return last;
    };
    const names = "dev\nmy prof\n";
    expect(bashReplacements("--profile=", names, word("x --profile=d", BREAKS))).toBe("dev\nmy\\ prof\n");
    expect(bashReplacements("--profile=", names, word("x --profile=d", ""))).toBe(
      "--profile\\=dev\n--profile\\=my\\ prof\n",
    );
    expect(bashReplacements("--profile=", names, word("x --profile='my", BREAKS))).toBe("dev\nmy prof\n");
    expect(bashReplacements("", "", word("x ", BREAKS))).toBe("");
  });
});
