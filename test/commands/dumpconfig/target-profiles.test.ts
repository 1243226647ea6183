import { describe, expect, test } from "bun:test";
import { readTargetProfiles } from "../../../src/commands/dumpconfig/target-profiles.ts";
import { Failure } from "../../../src/lib/errors.ts";

const files: Record<string, string> = {
  "/home/me/targets.json":
    '[{"SourceAccountID": "111111111111", "SourceRoleName": "Ops", "TargetArn": "nonsense"}]',
};
const system = {
  env: { HOME: "/home/me" },
  home: async () => undefined,
  readText: async (path: string) => {
    if (path === "/forbidden") throw new Error("EACCES: permission denied");
    return files[path];
  },
};

async function failureOf(value: string): Promise<Failure> {
  try {
    await readTargetProfiles(value, system);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const whole = {
  SourceAccountID: "012345678901",
  SourceRoleName: "Ops",
  TargetArn: "arn:aws:iam::222222222222:role/team/Deploy",
};

describe("readTargetProfiles()", () => {
  test("readTargetProfiles() reads all members and keeps the zero of an account id", async () => {
    const value = JSON.stringify([{ ...whole, TargetAccountName: "prod", Region: "eu-west-1" }]);
    expect(await readTargetProfiles(value, system)).toEqual([
      {
        sourceAccountId: "012345678901",
        sourceRoleName: "Ops",
        targetArn: "arn:aws:iam::222222222222:role/team/Deploy",
        accountId: "222222222222",
        resource: "role/team/Deploy",
        accountName: "prod",
        region: "eu-west-1",
        where: "target 1 of --target-arn-profiles",
      },
    ]);
  });

  test("readTargetProfiles() takes one object for a list of one", async () => {
    const [target] = await readTargetProfiles(JSON.stringify(whole), system);
    expect(target).toMatchObject({ accountName: undefined, region: undefined });
  });

  test("readTargetProfiles() takes a list of none", async () => {
    expect(await readTargetProfiles("[]", system)).toEqual([]);
  });

  test("readTargetProfiles() reads the file of a file:// reference and names it in messages", async () => {
    const { kind, message } = await failureOf("file://~/targets.json");
    expect([kind, message]).toEqual([
      "usage",
      "cannot use TargetArn of target 1 of /home/me/targets.json as a role to assume: it is not an ARN",
    ]);
  });

  const refused: Record<string, { value: string; message: string; hint?: string }> = {
    "a file that does not exist": {
      value: "file:///nowhere",
      message: "cannot read /nowhere (--target-arn-profiles): there is no such file",
    },
    "a file that cannot be read": {
      value: "file:///forbidden",
      message: "cannot read /forbidden (--target-arn-profiles): EACCES: permission denied",
    },
    "an account id that is a number": {
      value: '[{"SourceAccountID": 111111111111, "SourceRoleName": "Ops", "TargetArn": "x"}]',
      message:
        "cannot use target 1 of --target-arn-profiles: SourceAccountID is a number, and account ids are text",
      hint: 'write it in quotes: "SourceAccountID": "012345678901"',
    },
    "an account id that lost its zero": {
      value: JSON.stringify({ ...whole, SourceAccountID: "12345678901" }),
      message: "cannot use target 1 of --target-arn-profiles: SourceAccountID is not twelve digits",
      hint: "write the account id in full, leading zeros included",
    },
    "a member that is nearly right": {
      value: JSON.stringify([whole, { ...whole, TargetAccountNames: "prod" }]),
      message: "cannot use target 2 of --target-arn-profiles: it has an unknown member TargetAccountNames",
      hint: "did you mean TargetAccountName?",
    },
    "a member that is nothing like the right ones": {
      value: JSON.stringify({ ...whole, ExternalId: "x" }),
      message: "cannot use target 1 of --target-arn-profiles: it has an unknown member ExternalId",
      hint: "the members are SourceAccountID, SourceRoleName, TargetArn, TargetAccountName, Region",
    },
    "a missing member": {
      value: '{"SourceAccountID": "111111111111", "SourceRoleName": "Ops"}',
      message: "cannot use target 1 of --target-arn-profiles: it has no TargetArn",
    },
    "an empty member": {
      value: JSON.stringify({ ...whole, SourceRoleName: " " }),
      message: "cannot use target 1 of --target-arn-profiles: SourceRoleName is not text, or empty",
    },
    "a region with a line of its own": {
      value: JSON.stringify({ ...whole, Region: "us-east-1\nx = sh" }),
      message:
        'cannot use Region of target 1 of --target-arn-profiles: "us-east-1\\nx = sh" is not a region, which has only letters, digits and hyphens',
    },
    "a session's ARN": {
      value: JSON.stringify({ ...whole, TargetArn: "arn:aws:sts::222222222222:assumed-role/Deploy/me" }),
      message:
        'cannot use TargetArn of target 1 of --target-arn-profiles as a role to assume: "arn:aws:sts::222222222222:assumed-role/Deploy/me": it names a session of a role, not the role',
    },
    "text that is no object": {
      value: '["arn:aws:iam::222222222222:role/Deploy"]',
      message: "cannot use target 1 of --target-arn-profiles: it is not an object",
    },
  };
  for (const [sentence, { value, message, hint }] of Object.entries(refused)) {
    test(`readTargetProfiles() refuses ${sentence}`, async () => {
      const failure = await failureOf(value);
      expect(failure.message).toBe(message);
      if (hint !== undefined) expect(failure.hints).toEqual([hint]);
    });
  }

  test("readTargetProfiles() says what is wrong with text that is no JSON, without repeating it", async () => {
    const { kind, message, hints } = await failureOf("hunter2hunter2");
    expect(kind).toBe("usage");
    expect(message).toMatch(/^cannot read --target-arn-profiles as JSON: (?!JSON)/);
    expect(message).not.toContain("hunter2");
    expect(hints[0]).toContain('[{"SourceAccountID": "111111111111"');
  });
});
