import { describe, expect, test } from "bun:test";
import { inWords, operandProblem } from "../../src/cli/operand-problem.ts";
import { words } from "./words.ts";

/** The problem of the last word of a command line without options. */
function problemOf(line: string) {
  const all = line === "" ? [""] : words(line);
  const word = all.at(-1) ?? "";
  const read = { words: all, present: [], before: undefined, program: undefined };
  return operandProblem(all.slice(0, -1), word, read);
}

describe("operandProblem()", () => {
  test.each([
    "getcallerid",
    "help sources",
    "help console",
    "completion zsh",
    "console prod",
    "serve prod admin",
  ])("operandProblem() finds none in %s", (line) => {
    expect(problemOf(line)).toBeUndefined();
  });

  const problems: Readonly<Record<string, readonly [message: string, hint: string]>> = {
    getcalerid: ['unknown command "getcalerid"', "did you mean getcallerid?"],
    "help made-up": ['unknown command "made-up"', "see: aws-login help"],
    "completion tcsh": [
      'no completion for "tcsh": the shells are bash, zsh, fish and powershell',
      "see: aws-login help completion",
    ],
    "login prod": ['login takes no "prod"', "prod"],
    "console –-profile": ["unknown option –-profile", "an option begins with two hyphens, as in --profile"],
  };
  test.each(Object.entries(problems))("operandProblem() refuses %s", (line, [message, hint]) => {
    const problem = problemOf(line);
    expect([problem?.kind, problem?.message]).toEqual(["usage", message]);
    expect(problem?.hints.join("\n")).toContain(hint);
  });
});

test("inWords() lists names as a sentence does", () => {
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(inWords)).toEqual(["", "a", "a and b", "a, b and c"]);
});
