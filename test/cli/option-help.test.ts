import { expect, test } from "bun:test";
import { GROUPS, OPTION_HELP } from "../../src/cli/option-help.ts";
import { OPTIONS } from "../../src/cli/options.ts";

test("OPTION_HELP has a line for every option of the table, and for no other", () => {
  expect(Object.keys(OPTION_HELP).toSorted()).toEqual(OPTIONS.map(({ name }) => name).toSorted());
});

test("OPTION_HELP has a line of their own only for commands that take the option", () => {
  for (const { name, commands } of OPTIONS) {
    const takers: readonly string[] = commands;
    for (const command of Object.keys(OPTION_HELP[name].lineOf ?? {})) expect(takers).toContain(command);
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
