import { expect, test } from "bun:test";
import { helperOptions } from "../../src/cli/helper-options.ts";
import { OPTIONS } from "../../src/cli/options.ts";
import { keyOptions } from "../../src/credentials/cache/key.ts";

const names = helperOptions.split("\n");

test("helperOptions has the options of the key in its order, but for its flags", () => {
  const fields = names.map((name) => OPTIONS.find((option) => option.name === name)?.field);
  expect([...fields, "getSessionToken", "getFederationToken"]).toEqual([...keyOptions]);
});

test("helperOptions has no flag and no option that takes a list", () => {
  const kinds = names.map((name) => OPTIONS.find((option) => option.name === name)?.kind);
  expect([...new Set(kinds)].toSorted()).toEqual(["seconds", "text"]);
});
