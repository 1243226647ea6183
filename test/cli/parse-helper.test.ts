import { describe, expect, test } from "bun:test";
import { OPTIONS } from "../../src/cli/options.ts";
import { parse } from "../../src/cli/parse.ts";
import { parseHelper } from "../../src/cli/parse-helper.ts";
import { credentialKey } from "../../src/credentials/cache/key.ts";
import { Failure } from "../../src/lib/errors.ts";
import { memoryFiles } from "../support/memory-files.ts";

const files = memoryFiles();
const begin = ["dumpcreds", "--credential-helper", "--use-cache"];

/** What `parse` makes of the words, as a key; undefined when they are wrong. */
function parsedKey(words: readonly string[]): string | undefined {
  try {
    const invocation = parse(words);
    if (!("options" in invocation)) return undefined;
    return credentialKey(invocation.options, {}, "/home/me", files.fileFingerprint)?.request;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

function quickKey(words: readonly string[]): string | undefined {
  const options = parseHelper(words);
  return options && credentialKey(options, {}, "/home/me", files.fileFingerprint)?.request;
}

const read: Record<string, readonly string[]> = {
  "nothing more": [],
  "a profile": ["--profile", "dev"],
  "a value after an equals sign": ["--profile=a=b", "--region=eu-west-1"],
  "a value that begins with a dash, after an equals sign": ["--profile=-x"],
  "the last of repeated options": ["--profile", "one", "--profile", "two"],
  "a chain": [
    "--assume-roles",
    "arn:aws:iam::111111111111:role/Jump",
    "--external-id",
    "ab",
    "--get-session-token",
  ],
  "an account and role": [
    ...["--start-url", "https://d-1234567890.awsapps.com/start", "--sso-region", "eu-west-1"],
    ...["--sso-acct-id", "012345678901", "--sso-role-name", "Reader"],
  ],
  "a session": ["--sso-session", "my-sso", "--sso-acct-id", "012345678901", "--sso-role-name", "Reader"],
  "a certificate": [
    ...["--certificate", "c.pem", "--private-key", "k.pem", "--intermediates", "i.pem", "--role-arn", "R"],
    ...["--trust-anchor-arn", "A", "--profile-arn", "P", "--endpoint", "https://a.example"],
    ...["--private-key-password-file", "password"],
  ],
  "a web identity token": ["--web-identity-token", "/run/token", "--role-arn", "R"],
  "a duration": ["--duration", "900"],
  "the duration as AWS's helper names it": ["--session-duration=3600"],
  "an MFA device": ["--mfa-serial", "arn:aws:iam::111111111111:mfa/me", "--source-identity", "me"],
};

const left: Record<string, readonly string[]> = {
  "without --use-cache": ["dumpcreds", "--credential-helper", "--profile", "dev"],
  "without --credential-helper": ["dumpcreds", "--use-cache"],
  "of another command": ["getcallerid", "--use-cache", "--credential-helper"],
  "with the command at the end": ["--credential-helper", "--use-cache", "dumpcreds"],
  "by the other name, with a region": ["credential-process", "--use-cache", "--region", "eu-west-1"],
  "by the other name, without --use-cache": ["credential-process", "--profile", "dev"],
  "with a duration of another spelling": [...begin, "--duration", "0900"],
  "with a duration that is no number": [...begin, "--duration", "1e3"],
  "with an option that it does not know": [...begin, "--outform", "json"],
  "with something to tell": [...begin, "--verbose"],
  "that passes over the cache": [...begin, "--refresh", "on"],
  "that signs in": [...begin, "--sign-in", "always"],
  "with a code": [...begin, "--mfa-token", "123456"],
  "that asks for help": [...begin, "--help"],
  "with help as a value": [...begin, "--profile", "-h"],
  "with a value missing": [...begin, "--profile"],
  "with a value missing before an option": ["dumpcreds", "--profile", "--use-cache", "--credential-helper"],
  "with an empty value": [...begin, "--profile", ""],
  "with an empty value after an equals sign": [...begin, "--profile="],
  "with bytes that are not UTF-8": [...begin, "--profile", "p\ufffd"],
  "with a value for a flag": [...begin, "--get-session-token=yes"],
  "with a word too many": [...begin, "more"],
  "with what is no option but a word of the language": [...begin, "--toString", "x"],
  "with a member of every object": [...begin, "toString", "x"],
  "with --": [...begin, "--", "x"],
  "that is empty": [],
};

describe("parseHelper()", () => {
  test.each(Object.entries(read))("parseHelper() reads %s as parse() does", (_, more) => {
    expect(quickKey([...begin, ...more])).toBeString();
    expect(quickKey([...begin, ...more])).toBe(parsedKey([...begin, ...more]));
    expect(quickKey(["dumpcreds", ...more, "--use-cache", "--credential-helper"])).toBe(
      parsedKey([...begin, ...more]),
    );
  });

  test.each(Object.entries(left))("parseHelper() leaves a command line to parse() %s", (_, words) => {
    expect(parseHelper(words)).toBeUndefined();
  });

  test("parseHelper() reads no option otherwise than parse() does", () => {
    const sample: Readonly<Record<string, string>> = {
      ssoAcctId: "012345678901",
      mfaSerial: "arn:aws:iam::1:mfa/me",
    };
    for (const { name, kind, field } of OPTIONS) {
      const words = [...begin, name, ...(kind === "flag" ? [] : [sample[field] ?? "eu-west-1"])];
      const [quick, parsed] = [quickKey(words), parsedKey(words)];
      if (quick !== undefined && parsed !== undefined) expect([name, quick]).toEqual([name, parsed]);
    }
  });
});

test("parseHelper() reads credential-process as dumpcreds --credential-helper", () => {
  const words = ["--use-cache", "--certificate", "c.pem", "--role-arn", "R"];
  expect(parseHelper(["credential-process", ...words])).toEqual(parseHelper([...begin, ...words]));
});
