import { describe, expect, test } from "bun:test";
import { portalOfOwnCommandLine } from "../../src/sso/own-command-line.ts";
import { sharedFrom } from "../config/from-text.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const own = { kind: "own", startUrl, region: undefined } as const;
const session = `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n`;

function read(line: string, platform: NodeJS.Platform = "linux") {
  const config = sharedFrom(`[profile p]\ncredential_process = ${line}\n${session}`);
  const profile = config.profile("p");
  if (profile === undefined) throw new Error("the profile was not found");
  return portalOfOwnCommandLine(profile, config, platform);
}

describe("portalOfOwnCommandLine()", () => {
  const helper = "dumpcreds --credential-helper --use-cache";
  const lines: Record<string, [line: string, found: ReturnType<typeof read> | object]> = {
    "a start URL": [`aws-login ${helper} --start-url ${startUrl} --sso-acct-id 1`, own],
    "a program with its folder": [`/usr/local/bin/aws-login ${helper} --start-url ${startUrl}`, own],
    "a program in quotes": [`"/opt/my tools/aws-login" ${helper} --start-url=${startUrl}`, own],
    "a start URL in quotes": [`aws-login ${helper} --start-url '${startUrl}'`, own],
    "a region": [
      `aws-login ${helper} --sso-region eu-west-1 --start-url ${startUrl}`,
      { ...own, region: "eu-west-1" },
    ],
    "a session": [`aws-login ${helper} --sso-session corp`, { kind: "cli", sessionName: "corp" }],
  };
  for (const [name, [line, found]] of Object.entries(lines)) {
    test(`portalOfOwnCommandLine() reads ${name}`, () => {
      expect(read(line)).toMatchObject(found ?? {});
    });
  }

  test("portalOfOwnCommandLine() reads a Windows path", () => {
    expect(read(`"C:\\Program Files\\aws-login.exe" ${helper} --start-url ${startUrl}`, "win32")).toEqual(
      own,
    );
    expect(read(`C:\\bin\\aws-login ${helper} --start-url ${startUrl}`, "win32")).toEqual(own);
  });

  for (const [name, line] of Object.entries({
    "another program": `other --start-url ${startUrl}`,
    "a command line without a portal": `aws-login ${helper} --profile q`,
    "an option without its value": "aws-login dumpcreds --start-url",
    "an open quote": `aws-login "${helper} --start-url ${startUrl}`,
  })) {
    test(`portalOfOwnCommandLine() is undefined for ${name}`, () => {
      expect(read(line)).toBeUndefined();
    });
  }
});
