import { expect, test } from "bun:test";
import { COMMANDS } from "../../src/cli/command-names.ts";
import { COMPLETE, NAME_OPTIONS } from "../../src/cli/name-options.ts";
import { findOption } from "../../src/cli/options.ts";

test("NAME_OPTIONS has options that take a text", () => {
  expect(Object.keys(NAME_OPTIONS).map((name) => findOption(name)?.kind)).toEqual(
    Object.keys(NAME_OPTIONS).map(() => "text"),
  );
});

test("COMPLETE is no command that help or completion shows", () => {
  expect(COMMANDS).not.toContain(COMPLETE);
});
