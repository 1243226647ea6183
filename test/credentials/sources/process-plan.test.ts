import { describe, expect, test } from "bun:test";
import { processSource } from "../../../src/credentials/sources/process-plan.ts";
import { configPath, profileOf } from "../../config/from-text.ts";

describe("processSource()", () => {
  test("processSource() is the command of the profile, and the account id beside it", () => {
    const profile = profileOf("credential_process = helper --give", "aws_account_id = 012345678901");
    expect(processSource(profile)).toEqual({
      kind: "process",
      command: "helper --give",
      from: `profile p (${configPath}:2)`,
      accountId: "012345678901",
    });
  });

  test("processSource() is nothing where there is no command, or an empty one", () => {
    expect(processSource(profileOf("region = eu-west-1"))).toBeUndefined();
    expect(processSource(profileOf("credential_process ="))).toBeUndefined();
  });

  for (const [sign, column] of [
    [";", 31],
    ["#", 31],
  ] as const) {
    test(`processSource() says where a ${sign} in quotes ends the command`, () => {
      const source = processSource(profileOf(`credential_process = sh -c '1 ${sign} mfa.sh x'`));
      expect(source?.command).toBe("sh -c '1");
      expect(source?.cutAt).toBe(
        `the command ends before the ${sign} in column ${column} of ${configPath}:2, where a comment begins, in quotes too`,
      );
    });
  }

  test("processSource() joins a continued command with blanks, so that no shell takes it for two", () => {
    const profile = profileOf("credential_process = helper", "  --give", "  --all");
    expect(processSource(profile)?.command).toBe("helper --give --all");
  });
});
