import { describe, expect, test } from "bun:test";
import { formatClearing, formatCredentials } from "../../src/format/credentials.ts";
import type { Credentials } from "../../src/lib/credentials.ts";
import { Failure } from "../../src/lib/errors.ts";
import type { Outform } from "../../src/lib/option-choices.ts";

const longTerm: Credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "made/up+secret" };
const session: Credentials = { ...longTerm, accessKeyId: "ASIAEXAMPLE", sessionToken: "made-up-token==" };
const odd: Credentials = { ...longTerm, secretAccessKey: "it's $HOME & \\more" };

const cases: Record<string, [Credentials, Outform, string[]]> = {
  "writes safe values bare for linux": [
    session,
    "linux",
    [
      "# Your session credentials are...",
      "unset AWS_SECURITY_TOKEN;",
      "unset AWS_CREDENTIAL_EXPIRATION;",
      "unset AWS_ACCOUNT_ID;",
      "export AWS_ACCESS_KEY_ID=ASIAEXAMPLE",
      "export AWS_SECRET_ACCESS_KEY=made/up+secret",
      "export AWS_SESSION_TOKEN=made-up-token==",
    ],
  ],
  "writes the same for mac": [
    session,
    "mac",
    [
      "# Your session credentials are...",
      "unset AWS_SECURITY_TOKEN;",
      "unset AWS_CREDENTIAL_EXPIRATION;",
      "unset AWS_ACCOUNT_ID;",
      "export AWS_ACCESS_KEY_ID=ASIAEXAMPLE",
      "export AWS_SECRET_ACCESS_KEY=made/up+secret",
      "export AWS_SESSION_TOKEN=made-up-token==",
    ],
  ],
  "quotes for linux what a shell would read, and unsets a stale token": [
    odd,
    "linux",
    [
      "# Your session credentials are...",
      "unset AWS_SESSION_TOKEN;",
      "unset AWS_SECURITY_TOKEN;",
      "unset AWS_CREDENTIAL_EXPIRATION;",
      "unset AWS_ACCOUNT_ID;",
      "export AWS_ACCESS_KEY_ID=AKIAEXAMPLE",
      "export AWS_SECRET_ACCESS_KEY='it'\\''s $HOME & \\more'",
    ],
  ],
  "writes safe values bare for windows": [
    session,
    "windows",
    [
      "REM Your session credentials are...",
      "SET AWS_SECURITY_TOKEN=",
      "SET AWS_CREDENTIAL_EXPIRATION=",
      "SET AWS_ACCOUNT_ID=",
      "SET AWS_ACCESS_KEY_ID=ASIAEXAMPLE",
      "SET AWS_SECRET_ACCESS_KEY=made/up+secret",
      "SET AWS_SESSION_TOKEN=made-up-token==",
    ],
  ],
  "quotes the whole assignment for windows, and unsets a stale token": [
    { ...longTerm, secretAccessKey: "a & b | c ^ <d> (e) 'f'" },
    "windows",
    [
      "REM Your session credentials are...",
      "SET AWS_SESSION_TOKEN=",
      "SET AWS_SECURITY_TOKEN=",
      "SET AWS_CREDENTIAL_EXPIRATION=",
      "SET AWS_ACCOUNT_ID=",
      "SET AWS_ACCESS_KEY_ID=AKIAEXAMPLE",
      "SET \"AWS_SECRET_ACCESS_KEY=a & b | c ^ <d> (e) 'f'\"",
    ],
  ],
  "always quotes for powershell": [
    session,
    "powershell",
    [
      "# Your session credentials are...",
      "$Env:AWS_SECURITY_TOKEN=$null",
      "$Env:AWS_CREDENTIAL_EXPIRATION=$null",
      "$Env:AWS_ACCOUNT_ID=$null",
      "$Env:AWS_ACCESS_KEY_ID='ASIAEXAMPLE'",
      "$Env:AWS_SECRET_ACCESS_KEY='made/up+secret'",
      "$Env:AWS_SESSION_TOKEN='made-up-token=='",
    ],
  ],
  "doubles every quote PowerShell knows, and unsets a stale token": [
    { ...longTerm, secretAccessKey: "it's \u2018typographic\u2019 $x `y" },
    "powershell",
    [
      "# Your session credentials are...",
      "$Env:AWS_SESSION_TOKEN=$null",
      "$Env:AWS_SECURITY_TOKEN=$null",
      "$Env:AWS_CREDENTIAL_EXPIRATION=$null",
      "$Env:AWS_ACCOUNT_ID=$null",
      "$Env:AWS_ACCESS_KEY_ID='AKIAEXAMPLE'",
      "$Env:AWS_SECRET_ACCESS_KEY='it''s \u2018\u2018typographic\u2019\u2019 $x `y'",
    ],
  ],
  "writes safe values bare for fish": [
    session,
    "fish",
    [
      "# Your session credentials are...",
      "set -e AWS_SECURITY_TOKEN; or true;",
      "set -e AWS_CREDENTIAL_EXPIRATION; or true;",
      "set -e AWS_ACCOUNT_ID; or true;",
      "set -gx AWS_ACCESS_KEY_ID ASIAEXAMPLE;",
      "set -gx AWS_SECRET_ACCESS_KEY made/up+secret;",
      "set -gx AWS_SESSION_TOKEN made-up-token==;",
    ],
  ],
  "quotes for fish what it would read, and unsets a stale token": [
    odd,
    "fish",
    [
      "# Your session credentials are...",
      "set -e AWS_SESSION_TOKEN; or true;",
      "set -e AWS_SECURITY_TOKEN; or true;",
      "set -e AWS_CREDENTIAL_EXPIRATION; or true;",
      "set -e AWS_ACCOUNT_ID; or true;",
      "set -gx AWS_ACCESS_KEY_ID AKIAEXAMPLE;",
      "set -gx AWS_SECRET_ACCESS_KEY 'it\\'s $HOME & \\\\more';",
    ],
  ],
  "has no heading for env": [
    session,
    "env",
    [
      "AWS_ACCESS_KEY_ID=ASIAEXAMPLE",
      "AWS_SECRET_ACCESS_KEY=made/up+secret",
      "AWS_SESSION_TOKEN=made-up-token==",
    ],
  ],
  "quotes for env as a shell would need it, and empties a stale token": [
    odd,
    "env",
    [
      "AWS_ACCESS_KEY_ID=AKIAEXAMPLE",
      "AWS_SECRET_ACCESS_KEY='it'\\''s $HOME & \\more'",
      "AWS_SESSION_TOKEN=",
    ],
  ],
  "prints json with all that is known, indented by four spaces": [
    { ...session, expiration: Date.UTC(2031, 0, 2, 3, 4, 5), accountId: "012345678901" },
    "json",
    [
      "{",
      '    "AccessKeyId": "ASIAEXAMPLE",',
      '    "SecretAccessKey": "made/up+secret",',
      '    "SessionToken": "made-up-token==",',
      '    "Expiration": "2031-01-02T03:04:05Z",',
      '    "AccountId": "012345678901"',
      "}",
    ],
  ],
  "leaves out of json what long-term keys do not have": [
    longTerm,
    "json",
    ["{", '    "AccessKeyId": "AKIAEXAMPLE",', '    "SecretAccessKey": "made/up+secret"', "}"],
  ],
};

const refusals: Record<string, [Outform, string]> = {
  "a percent sign for windows": ["windows", "a%PATH%b"],
  "an exclamation mark for windows": ["windows", "a!b"],
  "a quotation mark for windows": ["windows", 'a"b'],
  "a line break for windows": ["windows", "a\nb"],
  "a line break for powershell": ["powershell", "a\nb"],
  "a line break for env": ["env", "a\nb"],
  "a NUL for linux": ["linux", "a\0b"],
  "a NUL for fish": ["fish", "a\0b"],
};

describe("formatCredentials()", () => {
  for (const [sentence, [credentials, outform, lines]] of Object.entries(cases)) {
    test(`formatCredentials() ${sentence}`, () => {
      expect(formatCredentials(credentials, { outform, comment: "first" }).split("\n")).toEqual([
        ...lines,
        "",
      ]);
    });
  }
  for (const [sentence, [outform, value]] of Object.entries(refusals)) {
    test(`formatCredentials() refuses ${sentence}, naming the variable and not the value`, () => {
      const attempt = () =>
        formatCredentials({ ...longTerm, secretAccessKey: value }, { outform, comment: "first" });
      expect(attempt).toThrow(Failure);
      expect(attempt).toThrow(
        `cannot print AWS_SECRET_ACCESS_KEY with --outform ${outform}: its value holds a character that this syntax cannot express`,
      );
    });
  }
});

const temporary: Credentials = { ...session, expiration: Date.UTC(2031, 0, 2, 3, 4, 5) };

test("formatCredentials() ends with the comment where the lines may be joined", () => {
  const text = formatCredentials(temporary, { outform: "linux", comment: "last", region: "eu-west-1" });
  expect(text.split("\n")).toEqual([
    "unset AWS_SECURITY_TOKEN;",
    "unset AWS_ACCOUNT_ID;",
    "export AWS_ACCESS_KEY_ID=ASIAEXAMPLE",
    "export AWS_SECRET_ACCESS_KEY=made/up+secret",
    "export AWS_SESSION_TOKEN=made-up-token==",
    "export AWS_CREDENTIAL_EXPIRATION=2031-01-02T03:04:05Z",
    "export AWS_REGION=eu-west-1",
    "# Your session credentials are...",
    "",
  ]);
});

/** The end of the credentials and the region in each form. */
const COMPANIONS: Record<string, string[]> = {
  windows: ["SET AWS_CREDENTIAL_EXPIRATION=2031-01-02T03:04:05Z", "SET AWS_REGION=eu-west-1"],
  powershell: ["$Env:AWS_CREDENTIAL_EXPIRATION='2031-01-02T03:04:05Z'", "$Env:AWS_REGION='eu-west-1'"],
  fish: ["set -gx AWS_CREDENTIAL_EXPIRATION 2031-01-02T03:04:05Z;", "set -gx AWS_REGION eu-west-1;"],
  env: ["AWS_CREDENTIAL_EXPIRATION=2031-01-02T03:04:05Z", "AWS_REGION=eu-west-1"],
};
for (const outform of ["windows", "powershell", "fish", "env"] as const) {
  test(`formatCredentials() sets the end of the credentials and the region for ${outform}`, () => {
    const text = formatCredentials(temporary, { outform, comment: "first", region: "eu-west-1" });
    expect(text.trimEnd().split("\n").slice(-2)).toEqual(COMPANIONS[outform] ?? []);
  });
}

test("formatClearing() unsets every variable that formatCredentials() sets or unsets, in each form", () => {
  const begins: Record<Exclude<Outform, "json">, RegExp> = {
    linux: /^unset (\w+);$/,
    mac: /^unset (\w+);$/,
    windows: /^SET (\w+)=$/,
    powershell: /^\$Env:(\w+)=\$null$/,
    fish: /^set -e (\w+); or true;$/,
    env: /^(\w+)=$/,
  };
  const all = `${formatCredentials(temporary, { outform: "linux", comment: "last", region: "eu-west-1" })}`;
  const names = new Set([...all.matchAll(/^(?:export|unset) (\w+)/gm)].map(([, name]) => name));
  for (const outform of ["linux", "mac", "windows", "powershell", "fish", "env"] as const) {
    const lines = formatClearing(outform).trimEnd().split("\n");
    expect(new Set(lines.map((line) => begins[outform].exec(line)?.[1]))).toEqual(names);
  }
});

test("formatClearing() has null in JSON for every member that formatCredentials() prints", () => {
  const all = { ...temporary, accountId: "012345678901" };
  const members = Object.keys(JSON.parse(formatCredentials(all, { outform: "json", comment: "first" })));
  expect(JSON.parse(formatClearing("json"))).toEqual(Object.fromEntries(members.map((name) => [name, null])));
});
