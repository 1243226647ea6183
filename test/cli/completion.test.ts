import { describe, expect, test } from "bun:test";
import { COMMANDS, SHELLS } from "../../src/cli/command-names.ts";
import { completionScript } from "../../src/cli/completion.ts";
import { OPTIONS } from "../../src/cli/options.ts";

describe("completionScript()", () => {
  for (const shell of SHELLS) {
    test(`for ${shell} knows every command and every option`, () => {
      const script = completionScript(shell);
      for (const command of COMMANDS) expect(script).toContain(command);
      for (const { name } of OPTIONS) {
        expect(script).toMatch(new RegExp(shell === "fish" ? `-l ${name.slice(2)} ` : `${name}\\b`));
      }
    });
  }

  test("is another one for each shell", () => {
    expect(new Set(SHELLS.map(completionScript)).size).toBe(SHELLS.length);
  });
});
