import { expect, test } from "bun:test";
import { powershellCompletion } from "../../src/cli/completion-powershell.ts";
import { ELEMENT_WORD, namesFromProgram } from "../../src/cli/powershell-names.ts";
import { shellInit } from "../../src/cli/shell-init.ts";

test("namesFromProgram() begins each line with the indent", () => {
  const lines = namesFromProgram("    ").split("\n");
  expect(lines.filter((line) => !line.startsWith("    "))).toEqual([]);
  expect(lines.join("\n")).toContain("& $program __complete powershell @arguments");
});

test("namesFromProgram() finds what it uses in both scripts", () => {
  for (const script of [powershellCompletion(), shellInit("powershell")]) {
    const [before = ""] = script.split("$encoding =");
    expect(before).toContain("param($wordToComplete, ");
    expect(before).toContain(`$typed += ${ELEMENT_WORD}`);
  }
});
