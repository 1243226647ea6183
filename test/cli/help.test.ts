import { describe, expect, test } from "bun:test";
import { commandHelp, helpText } from "../../src/cli/help.ts";
import { COMMANDS, OPTIONS, type OptionSpec, RUN_COMMANDS } from "../../src/cli/options.ts";
import { parse } from "../../src/cli/parse.ts";
import { words } from "./words.ts";

const SPECS: readonly OptionSpec[] = OPTIONS;

function lines(text: string): string[] {
  expect(text).toEndWith("\n");
  return text.slice(0, -1).split("\n");
}

/** The aws-login commands among the examples, without the shell's part. */
function examples(text: string): string[] {
  const [, shown = ""] = text.split("\nExamples\n");
  const [block = ""] = shown.split("\n\n");
  return block
    .split("\n")
    .map((line) => line.replace(/^ *(source <\()?aws-login /, "").replace(/( > .*|\))$/, ""));
}

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

describe("commandHelp()", () => {
  for (const command of COMMANDS) {
    test(`of ${command} fits 60 lines and 100 columns`, () => {
      expect(lines(commandHelp(command)).length).toBeLessThanOrEqual(60);
      for (const line of lines(commandHelp(command)))
        expect([line, line.length <= 100]).toEqual([line, true]);
    });
  }

  for (const command of RUN_COMMANDS) {
    test(`of ${command} has a line for each of its options and for no other`, () => {
      const shown = [...commandHelp(command).matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(
        ([, name]) => name,
      );
      const taken: string[] = SPECS.filter(({ commands }) => commands.includes(command)).map(
        ({ name }) => name,
      );
      expect(shown.toSorted()).toEqual([...taken, "--help"].toSorted());
    });

    test(`of ${command} shows a value for the options that take one`, () => {
      for (const { name, kind, commands } of SPECS) {
        if (!commands.includes(command)) continue;
        const [, placeholder] = commandHelp(command).match(new RegExp(`${name}( \\S+)? {2,}`)) ?? [];
        expect([name, placeholder === undefined]).toEqual([name, kind === "flag"]);
      }
    });

    test(`of ${command} has two examples, and each can be typed`, () => {
      expect(examples(commandHelp(command))).toHaveLength(2);
      for (const line of examples(commandHelp(command)))
        expect(parse(words(line))).toMatchObject({ command });
    });
  }

  test("of help is the overview", () => {
    expect(commandHelp("help")).toBe(helpText());
  });

  test("of an option with choices names them all", () => {
    for (const spec of SPECS) {
      if (spec.kind !== "choice") continue;
      const [row = ""] = commandHelp("dumpcreds").match(new RegExp(`^.*${spec.name}.*$`, "m")) ?? [];
      for (const choice of Object.values(spec.values)) expect(row).toContain(choice);
    }
  });
});
