import { expect, test } from "bun:test";
import {
  completionOptions,
  fewerChoices,
  helperOptions,
  optionsByCommand,
  valuedNames,
} from "../../src/cli/completion-options.ts";
import { parse } from "../../src/cli/parse.ts";
import { isFailure } from "../../src/lib/errors.ts";

test("completionOptions() offers choices without the synonyms, files where a file is named, and regions", () => {
  const values = new Map(completionOptions().map(({ name, value }) => [name, value]));
  expect(values.get("--refresh")).toMatchObject({ choices: ["auto", "on", "off"], isFile: false });
  expect(values.get("--accesstoken-cache")).toMatchObject({ choices: [], isFile: true, isName: false });
  expect(values.get("--profile")).toEqual({
    placeholder: "NAME",
    choices: [],
    isFile: false,
    isName: true,
  });
  expect(values.get("--sso-region")?.choices).toContain("eu-central-2");
  expect(values.get("--verbose")).toBeUndefined();
});

test("optionsByCommand() gives each command its own options only", () => {
  const names = new Map(
    optionsByCommand().map(({ command, options }) => [command, options.map(({ name }) => name)]),
  );
  expect(names.get("dumpconfig")).toContain("--write");
  expect(names.get("console")).not.toContain("--write");
});

/** Whether the command refuses this choice. */
function refuses(command: string, name: string, choice: string): boolean {
  try {
    parse([command, name, choice]);
    return false;
  } catch (error) {
    if (!isFailure(error)) throw error;
    return error.message.startsWith(`cannot use ${name} ${choice}: `);
  }
}

test("optionsByCommand() gives each command the choices that it takes, and all of them", () => {
  const all = new Map(completionOptions().map(({ name, value }) => [name, value?.choices ?? []]));
  for (const { command, options } of optionsByCommand()) {
    for (const { name, value } of options) {
      const taken = all.get(name)?.filter((choice) => !refuses(command, name, choice)) ?? [];
      expect([command, name, value?.choices ?? []]).toEqual([command, name, taken]);
    }
  }
});

test("optionsByCommand() describes an option as the command takes it", () => {
  const options = optionsByCommand().find(({ command }) => command === "logout")?.options;
  expect(options?.find(({ name }) => name === "--use-cache")?.line).toBe(
    "implied where no option names another cache",
  );
});

test("fewerChoices() has the choices of a command that takes not all", () => {
  expect(fewerChoices()).toEqual([{ command: "status", name: "--format", choices: ["json"] }]);
});

test("valuedNames() has both spellings of --command, and no flag", () => {
  expect(valuedNames()).toEqual(expect.arrayContaining(["-c", "--command", "--region"]));
  expect(valuedNames()).not.toContain("--verbose");
});

test("helperOptions() has those of AWS's helper and of dumpcreds, without the forms of output", () => {
  const names = helperOptions().map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["--certificate", "--use-cache", "--with-proxy", "--debug"]));
  for (const name of ["--outform", "--credential-helper", "--clear", "--destination", "--pkcs8-password"])
    expect(names).not.toContain(name);
  expect(new Set(names).size).toBe(names.length);
  expect(optionsByCommand().at(-1)?.options).toEqual(helperOptions());
});
