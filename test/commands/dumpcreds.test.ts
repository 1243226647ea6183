import { describe, expect, test } from "bun:test";
import { run } from "../../src/commands/dumpcreds.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { environmentKeys, optionsOf } from "../support/options.ts";

const env = environmentKeys;

describe("run()", () => {
  const outputs: Record<string, [platform: NodeJS.Platform, words: string[], begins: string]> = {
    "prints for a POSIX shell by default": ["linux", [], "# Your session credentials are...\nexport AWS_"],
    "does so on macOS": ["darwin", [], "# Your session credentials are...\nexport AWS_"],
    "prints for PowerShell on Windows": ["win32", [], "# Your session credentials are...\n$Env:AWS_"],
    "prints as it is told": ["linux", ["--outform", "env"], "AWS_ACCESS_KEY_ID=AKIASTART\n"],
    "prints as it is told on Windows": [
      "win32",
      ["--outform", "fish"],
      "# Your session credentials are...\nset -gx",
    ],
  };
  test.each(Object.entries(outputs))("%s", async (_, [platform, words, begins]) => {
    const system = fakeSystem({ env, platform });
    expect(await run(optionsOf("dumpcreds", ...words), system)).toBe(0);
    expect(system.stdoutTexts).toHaveLength(1);
    expect(system.stdoutTexts[0]).toStartWith(begins);
    expect(system.stderrLines).toEqual([]);
  });

  test("answers credential_process with one line of JSON", async () => {
    const system = fakeSystem({ env, platform: "win32" });
    await run(optionsOf("dumpcreds", "--credential-helper"), system);
    expect(system.stdoutTexts).toHaveLength(1);
    expect(system.stdoutTexts[0]?.trimEnd()).not.toContain("\n");
    expect(JSON.parse(system.stdoutTexts[0] ?? "")).toEqual({
      Version: 1,
      AccessKeyId: "AKIASTART",
      SecretAccessKey: "made/up+start",
    });
  });

  test("prints nothing when it fails", async () => {
    const system = fakeSystem({ env: { ...env, AWS_SECRET_ACCESS_KEY: "" } });
    await failureOf(() => run(optionsOf("dumpcreds"), system));
    expect(system.stdoutTexts).toEqual([]);
  });
});
