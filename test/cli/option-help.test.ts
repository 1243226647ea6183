import { expect, test } from "bun:test";
import { GROUPS, OPTION_HELP } from "../../src/cli/option-help.ts";
import { OPTIONS, type OptionName, type OptionSpec } from "../../src/cli/options.ts";

test("OPTION_HELP has a line for every option of the table, and for no other", () => {
  expect(Object.keys(OPTION_HELP).toSorted()).toEqual(OPTIONS.map(({ name }) => name).toSorted());
});

test("OPTION_HELP has a line of their own only for commands that take the option", () => {
  for (const { name, commands } of OPTIONS) {
    const takers: readonly string[] = commands;
    for (const command of Object.keys(OPTION_HELP[name].lineOf ?? {})) expect(takers).toContain(command);
  }
});

test("OPTION_HELP has choices of their own only for commands that take the option, and some of its choices", () => {
  const specs: readonly (OptionSpec & { name: OptionName })[] = OPTIONS;
  for (const { name, commands, ...spec } of specs) {
    for (const [command, choices = []] of Object.entries(OPTION_HELP[name].choicesOf ?? {})) {
      expect(commands as readonly string[]).toContain(command);
      expect(spec.kind === "choice" && choices.every((choice) => choice in spec.values)).toBe(true);
    }
  }
});

test("OPTION_HELP names a value exactly where an option takes one", () => {
  for (const option of OPTIONS) {
    expect([option.name, OPTION_HELP[option.name].value !== undefined]).toEqual([
      option.name,
      option.kind !== "flag",
    ]);
  }
});

test("OPTION_HELP puts every option into one of the groups, and no group is empty", () => {
  const used = new Set<string>(Object.values(OPTION_HELP).map(({ group }) => group));
  expect([...used].toSorted()).toEqual([...GROUPS].toSorted());
});
