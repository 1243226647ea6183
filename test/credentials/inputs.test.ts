import { describe, expect, test } from "bun:test";
import { loadInputs } from "../../src/credentials/inputs.ts";
import { configPath } from "../config/from-text.ts";
import { failureOf } from "../support/failure.ts";
import { type FakeSetup, fakeSystem } from "../support/fake-system.ts";
import { optionsOf } from "../support/options.ts";
import { deployArn } from "../support/plans.ts";

const load = (words: readonly string[], setup: FakeSetup = {}) =>
  loadInputs(
    optionsOf("getcallerid", ...words),
    fakeSystem({ ...setup, env: { HOME: "/home/me", ...setup.env } }),
  );

describe("loadInputs()", () => {
  test("loadInputs() reads the profile, its settings and the role list into one record", async () => {
    const config = "[profile p]\nregion = eu-west-3\nmax_attempts = 7\n";
    const inputs = await load(["--profile", "p", "--assume-roles", deployArn], {
      files: { [configPath]: config },
    });
    expect(inputs).toMatchObject({
      choice: { name: "p", source: "--profile" },
      profile: { name: "p" },
      region: { region: "eu-west-3" },
      roles: [{ roleArn: deployArn }],
      http: { maxAttempts: 7 },
    });
  });

  test("loadInputs() does without a default profile", async () => {
    const inputs = await load([]);
    expect([inputs.choice.name, inputs.profile, inputs.region]).toEqual(["default", undefined, undefined]);
  });

  const sso = [
    "--start-url",
    "https://d-1.awsapps.com/start",
    "--sso-acct-id",
    "012345678901",
    "--sso-role-name",
    "R",
  ];
  test("loadInputs() does without the profile of a variable beside a role of Identity Center", async () => {
    const env = { AWS_PROFILE: "gone" };
    expect((await load(sso, { env })).profile).toBeUndefined();
    expect((await failureOf(() => load([], { env }))).kind).toBe("no-credentials");
  });

  test("loadInputs() reports a role that is not an ARN before a profile that does not exist", async () => {
    const failure = await failureOf(() =>
      load(["--profile", "gone", "--assume-roles", `Deploy,${deployArn}`]),
    );
    expect(failure.kind).toBe("usage");
    expect(failure.message).toBe("cannot use role 1 of --assume-roles as a role to assume: it is not an ARN");
  });
});
