import { describe, expect, test } from "bun:test";
import { needsChoice } from "../../src/cli/option-requirements.ts";
import { optionsOf } from "../support/options.ts";
import { type Refusal, testRefusals, usageFailure } from "./usage-failure.ts";

const REFUSED: Record<string, Refusal> = {
  "profiles to remove, and no file": [
    "dumpconfig --prune",
    "--prune needs --write or --dry-run",
    "--dry-run to see the changes",
  ],
  "profiles to rename, and no file": [
    "dumpconfig --rename",
    "--rename needs --write or --dry-run",
    "--dry-run to see the changes",
  ],
  "a region of no portal for logout": [
    "logout --sso-region ap-south-1",
    "--sso-region needs an option that names the portal",
    "leave out --sso-region",
  ],
  "a region of no portal for list": [
    "list --sso-region ap-south-1",
    "--sso-region needs an option that names the portal",
    "leave out --sso-region to list every portal",
  ],
  "an empty program": ["runas --", "nothing to run stands after --", "aws-login runas -- aws s3 ls"],
  "words that are the program beside a profile": [
    "runas --profile dev ls",
    "runas needs something to run",
    "put -- before the program",
  ],
  "a certificate alone": [
    "getcallerid --certificate c",
    "--certificate needs --trust-anchor-arn and --profile-arn and --role-arn",
    "the trust anchor and the profile",
  ],
  "a certificate without a role": [
    "getcallerid --certificate c --trust-anchor-arn A --profile-arn P",
    "--certificate needs --role-arn",
    "one that the profile lists",
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
    "--role-arn needs --certificate or --web-identity-token",
    "--assume-roles ARN",
  ],
  "a web identity token without a role": [
    "getcallerid --web-identity-token f",
    "--web-identity-token needs --role-arn",
    "--role-arn arn:aws:iam::ACCOUNT:role/NAME",
  ],
  "a web identity token in the place of its file": [
    "getcallerid --web-identity-token eyJhbGci.eyJzdWI.c2ln --role-arn R",
    "--web-identity-token names a file, and got a token",
    "--web-identity-token -",
  ],
  "a web identity token on stdin beside the cache": [
    "getcallerid --web-identity-token - --role-arn R --use-cache",
    "--web-identity-token - contradicts --use-cache",
    "leave out --use-cache",
  ],
  "--bind alone": ["serve --bind 172.17.0.1", "--bind needs --imds", "add --imds"],
  "--keep alone": ["serve --keep", "--keep needs --detach", "add --detach"],
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

test("checkRequirements() does not repeat a web identity token that stands in the place of its file", () => {
  const secret = "eyJhbGci.eyJzdWI.c2ln";
  const failure = usageFailure(["getcallerid", "--web-identity-token", secret, "--role-arn", "R"]);
  expect(JSON.stringify([failure.message, failure.notes, failure.hints])).not.toContain(secret);
});

describe("needsChoice()", () => {
  const CHOICES: Record<string, readonly [words: readonly string[], needed: boolean]> = {
    "is false without options": [[], false],
    "is false for a profile": [["--profile", "dev"], false],
    "is false for an account and a role": [["--sso-acct-id", "111111111111", "--sso-role-name", "R"], false],
    "is false for the cache alone": [["--use-cache"], false],
    "is true for words": [["prod"], true],
    "is true for an account without a role": [["--sso-acct-id", "111111111111"], true],
    "is true for a role without an account": [["--sso-role-name", "R"], true],
    "is true for a portal alone": [["--sso-session", "s"], true],
    "is true for a token alone": [["--sso-access-token", "t"], true],
  };
  test.each(Object.entries(CHOICES))("%s", (_, [words, needed]) => {
    expect(needsChoice(optionsOf("console", ...words))).toBe(needed);
  });
});
