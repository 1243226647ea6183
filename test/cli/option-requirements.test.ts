import { describe, expect, test } from "bun:test";
import { type Refusal, testRefusals, usageFailure } from "./usage-failure.ts";

const URL = "--start-url https://d-1234567890.awsapps.com/start";

const REFUSED: Record<string, Refusal> = {
  "a region of no portal for logout": [
    "logout --sso-region ap-south-1",
    "--sso-region needs an option that names the portal",
    "leave out --sso-region",
  ],
  "nothing to run": ["runas", "runas needs something to run", "aws-login runas -- aws s3 ls"],
  "an empty program": ["runas --", "nothing to run stands after --", "aws-login runas -- aws s3 ls"],
  "an account without a role": [
    `console ${URL} --sso-acct-id 111111111111`,
    "--sso-acct-id needs --sso-role-name",
    "--sso-role-name ReadOnlyAccess",
  ],
  "a role without an account": [
    `console ${URL} --sso-role-name R`,
    "--sso-role-name needs --sso-acct-id",
    "--sso-acct-id 111111111111",
  ],
  "a portal without a role": [
    `dumpcreds ${URL}`,
    "--start-url needs --sso-acct-id and --sso-role-name",
    "dumpconfig",
  ],
  "a session without a role": [
    "runas --sso-session s -c ls",
    "--sso-session needs --sso-acct-id and --sso-role-name",
    "dumpconfig",
  ],
  "a token without a role": [
    "console --sso-access-token t",
    "--sso-access-token needs --sso-acct-id",
    "dumpconfig",
  ],
  "a token file without a role": [
    "getcallerid --accesstoken-cache f",
    "--accesstoken-cache needs --sso-acct-id",
    "dumpconfig",
  ],
  "a stored portal by URL without a role": [
    `console --use-cache ${URL}`,
    "--start-url needs --sso-acct-id",
    "dumpconfig",
  ],
  "a role without an account beside a profile": [
    "getcallerid --profile p --sso-role-name R",
    "--sso-role-name needs --sso-acct-id",
    "name the account",
  ],
  "a certificate alone": [
    "getcallerid --certificate c",
    "--certificate needs --trust-anchor-arn and --profile-arn and --role-arn",
    "trust anchor and profile",
  ],
  "a certificate without a role": [
    "getcallerid --certificate c --trust-anchor-arn A --profile-arn P",
    "--certificate needs --role-arn",
    "one of those that the profile lists",
  ],
  "a trust anchor without a certificate": [
    "runas --trust-anchor-arn A -c ls",
    "--trust-anchor-arn needs --certificate",
    "--certificate FILE",
  ],
  "a password file without a certificate": [
    "console --private-key-password-file f",
    "--private-key-password-file needs --certificate",
    "--certificate FILE",
  ],
  "an endpoint without a certificate": [
    "dumpcreds --endpoint https://a.example",
    "--endpoint needs --certificate",
    "--certificate FILE",
  ],
  "a role without a source of its own": [
    "getcallerid --role-arn arn:aws:iam::111111111111:role/A",
    "--role-arn needs --certificate",
    "--assume-roles ARN",
  ],
  "an import of nothing": [
    "importcache",
    "importcache needs --accesstoken-cache",
    "--accesstoken-cache ~/.aws/sso/cache",
  ],
};

describe("checkRequirements() refuses", () => testRefusals(REFUSED));

test("checkRequirements() refuses a program whose name is empty", () => {
  const failure = usageFailure(["runas", "--", "", "ls"]);
  expect(failure.message).toBe("the program after -- has an empty name");
  expect(failure.hints[0]).toContain("may not be set");
});
