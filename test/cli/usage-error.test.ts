import { expect, test } from "bun:test";
import { commandNamed, seeHelp, usageError } from "../../src/cli/usage-error.ts";
import { words } from "./words.ts";

const COMMANDS_NAMED: Record<string, ReturnType<typeof commandNamed>> = {
  "": undefined,
  "console --verbose": "console",
  "--verbose console": "console",
  "--profile console": undefined,
  "--profile=login console": "console",
  "runas console": "runas",
  help: "help",
  "help logout": "logout",
  "--frobnicate dumpcreds": "dumpcreds",
};
for (const [line, topic] of Object.entries(COMMANDS_NAMED)) {
  test(`commandNamed() finds ${topic ?? "nothing"} in "${line}"`, () =>
    expect(commandNamed(words(line))).toBe(topic));
}

test("seeHelp() names the page of the command, or the overview", () => {
  expect(seeHelp(["runas", "x"])).toBe("see: aws-login help runas");
  for (const line of [["x"], ["help", "x"]]) expect(seeHelp(line)).toBe("see: aws-login help");
});

test("usageError() makes a Failure of kind usage with one hint", () => {
  const failure = usageError("--profile needs a value", "write --profile NAME");
  expect([failure.kind, failure.message, failure.hints]).toEqual([
    "usage",
    "--profile needs a value",
    ["write --profile NAME"],
  ]);
});
