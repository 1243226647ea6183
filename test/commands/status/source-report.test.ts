import { expect, test } from "bun:test";
import { isOfEnvironment, sourceReport } from "../../../src/commands/status/source-report.ts";
import type { CredentialPlan } from "../../../src/credentials/plan.ts";
import { optionsOf } from "../../support/options.ts";

const credentials = { accessKeyId: "AKIAENV", secretAccessKey: "made-up" };
const plan: CredentialPlan = {
  source: { kind: "keys", from: "the environment", credentials },
  skipped: [],
  steps: [
    {
      kind: "role",
      roleArn: "arn:aws:iam::012345678901:role/R",
      roleSessionName: "s",
      mfaSerial: "arn:aws:iam::012345678901:mfa/m",
      origin: "command-line",
      from: "--assume-roles",
    },
  ],
  stepInput: undefined,
  kind: "role",
  partition: undefined,
  warnings: [],
};
const inputs = {
  env: { AWS_ACCESS_KEY_ID: "AKIAENV" },
  choice: { name: "default", source: "default" },
  profile: undefined,
  request: optionsOf("status"),
} as const;

test("sourceReport() names the variable of the keys, and each role with its MFA device", () => {
  expect(sourceReport(inputs, plan)).toEqual({
    kind: "environment",
    from: "the environment",
    profile: null,
    file: null,
    line: null,
    variable: "AWS_ACCESS_KEY_ID",
    chain: [
      { kind: "role", role: "arn:aws:iam::012345678901:role/R", mfa: "arn:aws:iam::012345678901:mfa/m" },
    ],
  });
});

test("isOfEnvironment() is false for the keys of --profile", () => {
  expect(isOfEnvironment({ ...inputs, choice: { name: "p", source: "--profile" } }, plan)).toBe(false);
  expect(isOfEnvironment(inputs, undefined)).toBe(false);
});
