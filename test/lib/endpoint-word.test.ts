import { expect, test } from "bun:test";
import { HELP_NAMES } from "../../src/cli/command-names.ts";
import { helpText } from "../../src/cli/overview.ts";
import { endpointWord } from "../../src/lib/endpoint-word.ts";

test("endpointWord is no command, and the help does not name it", () => {
  expect(HELP_NAMES as readonly string[]).not.toContain(endpointWord);
  expect(helpText()).not.toContain(endpointWord);
});
