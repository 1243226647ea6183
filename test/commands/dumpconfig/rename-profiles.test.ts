import { expect, test } from "bun:test";
import {
  possibleRenames,
  profileNamesOf,
  renameProfiles,
  sourceProfilesOf,
} from "../../../src/commands/dumpconfig/rename-profiles.ts";
import { parseIni } from "../../../src/config/ini.ts";

const text = `# mine
[default]
region = x
[profile a] ; kept
sso_session = s

[profile 'b c']
source_profile = a
[other a]
source_profile = a
`;
const file = parseIni(text, "config");

test("renameProfiles() changes headers and source profiles, and nothing else", () => {
  expect(renameProfiles(file, new Map([["a", "n"]]))).toBe(
    text.replace("[profile a]", "[profile n]").replace("source_profile = a", "source_profile = n"),
  );
  expect(renameProfiles(file, new Map([["b c", "d"]]))).toBe(text.replace("'b c'", "d"));
  expect(renameProfiles(file, new Map())).toBe(text);
});

test("possibleRenames() leaves a name that another profile keeps, and swaps two", () => {
  const possible = (...pairs: [string, string][]) => [
    ...possibleRenames(new Map(pairs), new Set(["a", "b", "c"])),
  ];
  expect(possible(["a", "n"])).toEqual([["a", "n"]]);
  expect(possible(["a", "b"])).toEqual([]);
  expect(possible(["a", "b"], ["b", "a"])).toEqual([
    ["a", "b"],
    ["b", "a"],
  ]);
  expect(possible(["a", "b"], ["b", "c"])).toEqual([]);
  expect(possible(["a", "a"])).toEqual([]);
});

test("profileNamesOf() and sourceProfilesOf() read profiles only", () => {
  expect([...profileNamesOf(file)]).toEqual(["default", "a", "b c"]);
  expect([...sourceProfilesOf(file)]).toEqual([["a", "b c"]]);
});
