import { describe, expect, test } from "bun:test";
import { run } from "../../src/commands/dumpcreds.ts";
import type { Environment } from "../../src/system/types.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { environmentKeys, optionsOf } from "../support/options.ts";

const env = environmentKeys;

describe("run()", () => {
  const outputs: Record<string, [platform: NodeJS.Platform, words: string[], begins: string]> = {
    "prints for a POSIX shell by default": ["linux", [], "unset AWS_"],
    "does so on macOS": ["darwin", [], "unset AWS_"],
    "prints for PowerShell on Windows": ["win32", [], "$Env:AWS_"],
    "prints as it is told": ["linux", ["--outform", "env"], "AWS_ACCESS_KEY_ID=AKIASTART\n"],
    "prints as it is told on Windows": ["win32", ["--outform", "fish"], "set -e AWS_"],
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

  test("has the comment last, but first on a terminal, where a person reads it", async () => {
    const pipe = fakeSystem({ env });
    await run(optionsOf("dumpcreds"), pipe);
    expect(pipe.stdoutTexts[0]).toEndWith("\n# Your session credentials are...\n");
    const terminal = fakeSystem({ env, instead: { stdoutIsTerminal: async () => true } });
    await run(optionsOf("dumpcreds"), terminal);
    expect(terminal.stdoutTexts[0]).toStartWith("# Your session credentials are...\n");
  });

  const regions: Record<string, [env: Environment, words: string[], region: string | undefined]> = {
    "the region of --region": [{ ...env, AWS_REGION: "sa-east-1" }, ["--region", "eu-west-1"], "eu-west-1"],
    "the region of --profile, whatever the shell has": [
      { AWS_REGION: "sa-east-1" },
      ["--profile", "dev"],
      "eu-central-1",
    ],
    "the region of the profile in use": [{ AWS_PROFILE: "dev" }, [], "eu-central-1"],
    "none beside AWS_REGION of the shell": [{ AWS_PROFILE: "dev", AWS_REGION: "sa-east-1" }, [], undefined],
    "none where nothing names one": [env, [], undefined],
  };
  test.each(Object.entries(regions))("sets AWS_REGION to %s", async (_, [found, words, region]) => {
    const files = {
      "/h/.aws/config":
        "[profile dev]\nregion = eu-central-1\naws_access_key_id = AKIADEV\naws_secret_access_key = made-up\n",
    };
    const system = fakeSystem({ env: { HOME: "/h", ...found }, home: "/h", files });
    await run(optionsOf("dumpcreds", ...words), system);
    expect(/export AWS_REGION=(.*)/.exec(system.stdoutTexts[0] ?? "")?.[1]).toBe(region);
  });

  test("clears in the platform's form or the one of --outform, and reads nothing", async () => {
    for (const [platform, words, begins] of [
      ["linux", [], "unset AWS_ACCESS_KEY_ID;\n"],
      ["win32", [], "$Env:AWS_ACCESS_KEY_ID=$null\n"],
      ["linux", ["--outform", "fish"], "set -e AWS_ACCESS_KEY_ID; or true;\n"],
    ] as const) {
      const readText = async (path: string) => Promise.reject(new Error(`${path} was read`));
      const system = fakeSystem({ env, platform, instead: { readText } });
      expect(await run(optionsOf("dumpcreds", "--clear", ...words), system)).toBe(0);
      expect(system.stdoutTexts).toHaveLength(1);
      expect(system.stdoutTexts[0]).toStartWith(begins);
    }
  });

  test("prints nothing when it fails", async () => {
    const system = fakeSystem({ env: { ...env, AWS_SECRET_ACCESS_KEY: "" } });
    await failureOf(() => run(optionsOf("dumpcreds"), system));
    expect(system.stdoutTexts).toEqual([]);
  });
});
