import { expect, test } from "bun:test";
import { optionRow, page, wrapped } from "../../src/cli/help-layout.ts";
import { lines } from "./help-page.ts";

test("wrapped() breaks at blanks only", () => {
  expect(wrapped("a bb ccc dddddd e", 6)).toEqual(["a bb", "ccc", "dddddd", "e"]);
});

test("optionRow() puts a long name on a line of its own", () => {
  expect(optionRow("--a", "what it does")).toEqual([`${"  --a".padEnd(33)}what it does`]);
  expect(optionRow(`--${"a".repeat(40)}`, "b")).toEqual([`  --${"a".repeat(40)}`, `${" ".repeat(33)}b`]);
});

test("page() has usage, what the command does, its options and examples", () => {
  const text = page({ usage: ["one", "two"], does: "Does it.", examples: ["aws-login one"] }, ["", "Also"]);
  expect(lines(text)).toEqual([
    ...["Usage: one", "       two", "", "Does it.", "", "Also", "", "Examples", "  aws-login one", ""],
    "See also: aws-login help sources, aws-login help exit-status",
  ]);
});
