import { expect, test } from "bun:test";
import { helpFor } from "../../src/cli/command-option-help.ts";

test("helpFor() has the words of the command where it has its own, else those of all", () => {
  expect(helpFor("--format", "status")).toEqual({
    group: "Print as",
    value: "json",
    choices: ["json"],
    line: "for programs (default a report for a person)",
  });
  expect(helpFor("--format", "list")).toEqual({
    group: "Print as",
    value: "{json|tsv}",
    line: "for programs (default a table)",
  });
  expect(helpFor("--verbose", "list")).toEqual({
    group: "Also",
    line: "a line on stderr for each decision and each request",
  });
});
