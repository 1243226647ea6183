import { expect, test } from "bun:test";
import { OPTIONS } from "../../src/cli/options.ts";
import { HELPER_FLAGS, HELPER_OPTION_LINES, REFUSED } from "../../src/cli/signing-helper-options.ts";

const names: readonly string[] = OPTIONS.map(({ name }) => name);

test("REFUSED has no option of this program, and each has a reason and a way out", () => {
  for (const [name, [why, hint]] of Object.entries(REFUSED)) {
    expect(names).not.toContain(name);
    expect([why, hint].every((text) => text !== "" && !text.endsWith("."))).toBe(true);
  }
});

test("HELPER_FLAGS are replaced by options of this program", () => {
  for (const [name, words] of Object.entries(HELPER_FLAGS)) {
    expect(names).not.toContain(name);
    expect(names).toEqual(expect.arrayContaining([...words]));
  }
});

test("HELPER_OPTION_LINES has a line for every flag of the helper", () => {
  expect(Object.keys(HELPER_OPTION_LINES)).toEqual(expect.arrayContaining(Object.keys(HELPER_FLAGS)));
});
