import { describe, expect, test } from "bun:test";
import { COMMANDS, TOPICS } from "../../src/cli/command-names.ts";
import { helpText } from "../../src/cli/overview.ts";
import { parse } from "../../src/cli/parse.ts";
import { examples, lines } from "./help-page.ts";
import { words } from "./words.ts";

describe("helpText()", () => {
  test("fits a screen of 24 lines and 80 columns, whose last line is the prompt's", () => {
    expect(lines(helpText()).length).toBeLessThanOrEqual(23);
    for (const line of lines(helpText())) expect([line, line.length <= 80]).toEqual([line, true]);
  });

  test("names every command", () => {
    for (const command of COMMANDS) expect(helpText()).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  test("names the topics", () => {
    expect(helpText()).toContain(`aws-login help {<command> | ${TOPICS.join(" | ")}}`);
  });

  test("has two examples, and each can be typed", () => {
    expect(examples(helpText())).toHaveLength(2);
    for (const line of examples(helpText())) expect(parse(words(line))).toHaveProperty("options");
  });
});
