import { describe, expect, test } from "bun:test";
import { COMMANDS, RUN_COMMANDS, TOPICS } from "../../src/cli/command-names.ts";
import { commandHelp, helpPage } from "../../src/cli/help.ts";
import { helperPage } from "../../src/cli/helper-page.ts";
import { OPTIONS, type OptionSpec } from "../../src/cli/options.ts";
import { helpText } from "../../src/cli/overview.ts";
import { parse } from "../../src/cli/parse.ts";
import { examples, lines } from "./help-page.ts";
import { words } from "./words.ts";

const SPECS: readonly OptionSpec[] = OPTIONS;

describe("commandHelp()", () => {
  for (const command of COMMANDS) {
    test(`of ${command} fits 80 columns`, () => {
      for (const line of lines(commandHelp(command))) expect([line, line.length <= 80]).toEqual([line, true]);
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
        const row = new RegExp(`^  (?:-\\w, )?${name}( \\S+)?(?: {2,}|$)`, "m");
        const [, placeholder] = commandHelp(command).match(row) ?? [];
        expect([name, placeholder === undefined]).toEqual([name, kind === "flag"]);
      }
    });

    test(`of ${command} has two examples, and each can be typed`, () => {
      expect(examples(commandHelp(command))).toHaveLength(2);
      for (const line of examples(commandHelp(command)))
        expect(parse(words(line))).toMatchObject({ command });
    });
  }

  test("of status names json as the only format, because status refuses the other", () => {
    expect(commandHelp("status")).toMatch(/^ {2}--format json {2,}for programs/m);
  });

  test("of help is the overview", () => {
    expect(commandHelp("help")).toBe(helpText());
  });

  test("of an option with choices names them all", () => {
    for (const spec of SPECS) {
      if (spec.kind !== "choice") continue;
      const [row = ""] =
        commandHelp(spec.commands.includes("dumpcreds") ? "dumpcreds" : "list").match(
          new RegExp(`^.*${spec.name}.*(\n {33}.*)*`, "m"),
        ) ?? [];
      for (const choice of Object.values(spec.values)) expect(row).toContain(choice);
    }
  });
});

describe("helpPage()", () => {
  test.each([...TOPICS])("of %s fits 80x24", (topic) => {
    expect(lines(helpPage(topic)).length).toBeLessThanOrEqual(23);
    for (const line of lines(helpPage(topic))) expect([line, line.length <= 80]).toEqual([line, true]);
  });

  test("of sources lists the credential sources in order", () => {
    const order = [
      "--start-url",
      "--web-identity-token",
      "--profile;",
      "keys in the environment",
      "AWS_PROFILE",
      "container endpoint",
      "EC2 instance metadata",
    ];
    const places = order.map((word) => helpPage("sources").indexOf(word));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test("of credential-process is that of AWS's helper, and no command's", () => {
    expect(helpPage("credential-process")).toBe(helperPage());
  });

  test("of exit-status has every status", () => {
    const statuses = [...helpPage("exit-status").matchAll(/^ {2}(\d+) /gm)].map(([, status]) => status);
    expect(statuses).toEqual(["0", "1", "2", "3", "4", "130"]);
  });
});
