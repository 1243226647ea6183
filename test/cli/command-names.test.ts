import { expect, test } from "bun:test";
import { HELP_NAMES, oneOf, RUN_COMMANDS, WORD_COMMANDS } from "../../src/cli/command-names.ts";

test("HELP_NAMES has each name once", () => {
  expect(new Set(HELP_NAMES).size).toBe(HELP_NAMES.length);
});

test("WORD_COMMANDS are commands that take options", () => {
  expect(RUN_COMMANDS).toEqual(expect.arrayContaining([...WORD_COMMANDS]));
});

test("oneOf() gives the word that is one of the names, and nothing for any other", () => {
  expect(oneOf(RUN_COMMANDS, "runas")).toBe("runas");
  for (const other of ["Runas", "run", "", undefined]) expect(oneOf(RUN_COMMANDS, other)).toBeUndefined();
});
