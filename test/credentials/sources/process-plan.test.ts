import { describe, expect, test } from "bun:test";
import { processStart } from "../../../src/credentials/sources/process-plan.ts";
import { configPath, profileOf } from "../../config/from-text.ts";

describe("processStart()", () => {
  test("processStart() is the command of the profile, and the account id beside it", () => {
    const profile = profileOf("credential_process = helper --give", "aws_account_id = 012345678901");
    expect(processStart(profile)).toEqual({
      kind: "process",
      command: "helper --give",
      from: `profile p (${configPath}:2)`,
      accountId: "012345678901",
    });
  });

  test("processStart() is nothing where there is no command, or an empty one", () => {
    expect(processStart(profileOf("region = eu-west-1"))).toBeUndefined();
    expect(processStart(profileOf("credential_process ="))).toBeUndefined();
  });

  test("processStart() joins a continued command with blanks, so that no shell takes it for two", () => {
    const profile = profileOf("credential_process = helper", "  --give", "  --all");
    expect(processStart(profile)?.command).toBe("helper --give --all");
  });
});
