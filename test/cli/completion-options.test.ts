import { expect, test } from "bun:test";
import { completionOptions, optionsByCommand, valuedNames } from "../../src/cli/completion-options.ts";

test("completionOptions() offers choices without the synonyms, and files where a file is named", () => {
  const values = new Map(completionOptions().map(({ name, value }) => [name, value]));
  expect(values.get("--refresh")).toMatchObject({ choices: ["auto", "on", "off"], isFile: false });
  expect(values.get("--accesstoken-cache")).toEqual({ placeholder: "FILE", choices: [], isFile: true });
  expect(values.get("--profile")).toEqual({ placeholder: "NAME", choices: [], isFile: false });
  expect(values.get("--verbose")).toBeUndefined();
});

test("optionsByCommand() gives each command its own options only", () => {
  const names = new Map(
    optionsByCommand().map(({ command, options }) => [command, options.map(({ name }) => name)]),
  );
  expect(names.get("dumpconfig")).toContain("--write");
  expect(names.get("console")).not.toContain("--write");
});

test("valuedNames() has both spellings of --command, and no flag", () => {
  expect(valuedNames()).toEqual(expect.arrayContaining(["-c", "--command", "--region"]));
  expect(valuedNames()).not.toContain("--verbose");
});
