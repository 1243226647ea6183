import { describe, expect, test } from "bun:test";
import { allowsColour, colouredLine, colouredPage } from "../../src/cli/colour.ts";
import { commandHelp, helpPage } from "../../src/cli/help.ts";
import { helpText } from "../../src/cli/overview.ts";

const CASES: Record<string, [env: Record<string, string>, platform: NodeJS.Platform, allowed: boolean]> = {
  "a terminal of a known kind": [{ TERM: "xterm-256color" }, "linux", true],
  "no terminal without TERM": [{}, "linux", false],
  "no dumb terminal": [{ TERM: "dumb" }, "linux", false],
  "none with NO_COLOR": [{ TERM: "xterm", NO_COLOR: "1" }, "linux", false],
  "one with an empty NO_COLOR": [{ TERM: "xterm", NO_COLOR: "" }, "linux", true],
  "Windows, which has no TERM": [{}, "win32", true],
  "not Windows with NO_COLOR": [{ NO_COLOR: "1" }, "win32", false],
};
describe("allowsColour() allows", () => {
  test.each(Object.entries(CASES))("%s", (_, [env, platform, allowed]) => {
    expect(allowsColour(env, platform)).toBe(allowed);
  });
});

test("colouredLine() colours the label alone, and the text cannot drive the terminal", () => {
  expect(colouredLine({ label: "error", text: "a \x1b[2J b" })).toBe(
    "aws-login: \x1b[1;31merror:\x1b[0m a \\u{1b}[2J b",
  );
  expect(colouredLine({ label: "hint", text: "x" })).toBe("aws-login: \x1b[1;36mhint:\x1b[0m x");
});

/** What is bold. */
function bold(page: string): string[] {
  return page
    .split("\x1b[1m")
    .slice(1)
    .map((part) => part.split("\x1b[0m", 1).join());
}

describe("colouredPage()", () => {
  test("has the headings in bold and changes nothing else", () => {
    expect(bold(colouredPage(helpText()))).toEqual(["Usage:", "Examples"]);
    expect(bold(colouredPage(commandHelp("dumpconfig")))).toEqual([
      "Usage:",
      "Start from",
      "Sign in with Identity Center",
      "Write",
      "Also",
      "Examples",
    ]);
    expect(bold(colouredPage(helpPage("sources")))).toEqual([]);
    for (const page of [helpText(), commandHelp("console")]) {
      expect(colouredPage(page).replaceAll("\x1b[1m", "").replaceAll("\x1b[0m", "")).toBe(page);
    }
  });
});
