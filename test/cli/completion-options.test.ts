import { expect, test } from "bun:test";
import {
  completionOptions,
  helperOptions,
  optionsByCommand,
  valuedNames,
} from "../../src/cli/completion-options.ts";

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
