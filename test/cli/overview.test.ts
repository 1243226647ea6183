import { describe, expect, test } from "bun:test";
import { COMMANDS } from "../../src/cli/options.ts";
import { helpText } from "../../src/cli/overview.ts";
import { parse } from "../../src/cli/parse.ts";
import { examples, lines } from "./help-page.ts";
import { words } from "./words.ts";

describe("helpText()", () => {
  test("fits one screen of 40 lines and 80 columns", () => {
    expect(lines(helpText()).length).toBeLessThanOrEqual(40);
    for (const line of lines(helpText())) expect([line, line.length <= 80]).toEqual([line, true]);
  });

  test("names every command", () => {
    for (const command of COMMANDS) expect(helpText()).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  test("says where credentials come from, in order, and every exit status", () => {
    const order = [
      "--start-url",
      "--profile\n",
      "environment keys",
      "AWS_PROFILE",
      "container",
      "EC2 instance metadata",
    ];
    const places = order.map((word) => helpText().indexOf(word));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const [, statuses = ""] = helpText().split("Exit status\n");
    expect(statuses.match(/\d+/g)).toEqual(["0", "1", "2", "3", "4", "130"]);
  });

  test("has three examples, and each can be typed", () => {
    expect(examples(helpText())).toHaveLength(3);
    for (const line of examples(helpText())) expect(parse(words(line))).toHaveProperty("options");
  });
});
