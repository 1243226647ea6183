import { describe, expect, test } from "bun:test";
import type { Options } from "../../src/cli/option-record.ts";
import { helpText } from "../../src/cli/overview.ts";
import { parse } from "../../src/cli/parse.ts";
import { DEFAULTS } from "./defaults.ts";
import { usageFailure } from "./usage-failure.ts";
import { words } from "./words.ts";

const URL = "https://d-987654321d.awsapps.com/start";
const ROLES = "arn:aws:iam::111111111111:role/IntermediateRole, arn:aws:iam::222222222222:role/TargetRole";

/** Lines that scripts written for the Python tool of the same name hold, and what they say. */
const SCRIPTS: Record<string, Partial<Options>> = {
  console: {},
  'console --profile "mySessionProfile"': { profile: "mySessionProfile" },
  [`console --assume-roles "${ROLES}"`]: { assumeRoles: ROLES },
  [`console --profile "myStartingRole" --assume-roles "${ROLES}"`]: {
    profile: "myStartingRole",
    assumeRoles: ROLES,
  },
  [`console --no-browser --start-url "${URL}" --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"`]: {
    noBrowser: true,
    startUrl: URL,
    ssoAcctId: "111111111111",
    ssoRoleName: "SSO_TargetRole",
  },
  'console --sso-access-token eyJmade.up --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"': {
    ssoAccessToken: "eyJmade.up",
    ssoAcctId: "111111111111",
    ssoRoleName: "SSO_TargetRole",
  },
  [`console --start-url ${URL} --sso-acct-id 111111111111 --sso-role-name S --assume-roles "${ROLES}"`]: {
    startUrl: URL,
    ssoAcctId: "111111111111",
    ssoRoleName: "S",
    assumeRoles: ROLES,
  },
  [`console --use-cache --start-url "${URL}" --sso-acct-id 111111111111 --sso-role-name "S"`]: {
    useCache: true,
    startUrl: URL,
    ssoAcctId: "111111111111",
    ssoRoleName: "S",
  },
  "console --accesstoken-cache file:///home/ima/.aws/sso/cache/x.json --sso-acct-id 111111111111 --sso-role-name S":
    {
      accesstokenCache: "file:///home/ima/.aws/sso/cache/x.json",
      ssoAcctId: "111111111111",
      ssoRoleName: "S",
    },
  "dumpcreds --outform linux": { outform: "linux" },
  "dumpcreds --outform mac": { outform: "mac" },
  "dumpcreds --outform windows": { outform: "windows" },
  "dumpcreds --outform powershell": { outform: "powershell" },
  "dumpcreds --credential-helper --profile p": { credentialHelper: true, profile: "p", signIn: "never" },
  getcallerid: {},
  'runas --use-cache --sso-acct-id 111111111111 --sso-role-name "P" --command "aws ec2 describe-instances" --region us-east-2':
    {
      useCache: true,
      ssoAcctId: "111111111111",
      ssoRoleName: "P",
      command: "aws ec2 describe-instances",
      region: "us-east-2",
    },
  [`dumpconfig --start-url "${URL}" --sso-session-name "my-sso" --sso-region "us-east-1"`]: {
    startUrl: URL,
    ssoSessionName: "my-sso",
    ssoRegion: "us-east-1",
  },
  [`dumpconfig --sso-access-token eyJmade.up --start-url "${URL}" --sso-session-name "my-sso" --sso-region "us-east-1"`]:
    { ssoAccessToken: "eyJmade.up", startUrl: URL, ssoSessionName: "my-sso", ssoRegion: "us-east-1" },
  [`dumpconfig --use-cache --start-url "${URL}" --sso-session-name "my-sso" --sso-region "us-east-1"`]: {
    useCache: true,
    startUrl: URL,
    ssoSessionName: "my-sso",
    ssoRegion: "us-east-1",
  },
  "importcache --accesstoken-cache file:///home/ima/.aws/sso/cache/x.json": {
    accesstokenCache: "file:///home/ima/.aws/sso/cache/x.json",
  },
};
describe("parse() reads what scripts for the Python tool say:", () => {
  for (const [line, said] of Object.entries(SCRIPTS)) {
    test(line, () => {
      const invocation = parse(words(line));
      expect([invocation.command]).toEqual(expect.arrayContaining(line.split(" ", 1)));
      expect(invocation).toHaveProperty("options", { ...DEFAULTS, ...said });
    });
  }
});

/** What a line means, in words; the line; the options that differ from the defaults. */
const READINGS: Record<string, [string, Partial<Options>]> = {
  "a value in the same word": ["getcallerid --profile=dev", { profile: "dev" }],
  "only the first = as the end of the name": ["getcallerid --profile=a=b", { profile: "a=b" }],
  "options before the command": ["--profile dev --verbose getcallerid", { profile: "dev", verbose: true }],
  "a value that is the name of a command": ["--profile console getcallerid", { profile: "console" }],
  "the last of a repeated option": ["getcallerid --profile a --profile=b", { profile: "b" }],
  "a lone dash as a value": [
    "getcallerid --sso-access-token - --sso-acct-id 111111111111 --sso-role-name R",
    { ssoAccessToken: "-", ssoAcctId: "111111111111", ssoRoleName: "R" },
  ],
  "a value with one dash in front": ["getcallerid --profile -dev", { profile: "-dev" }],
  "a value with two dashes after =": ["getcallerid --profile=--dev", { profile: "--dev" }],
  "an account id as text, its zeros kept": [
    "getcallerid --use-cache --sso-acct-id 012345678901 --sso-role-name R",
    { useCache: true, ssoAcctId: "012345678901", ssoRoleName: "R" },
  ],
  "a port as a number": ["console --callback-port 8400", { callbackPort: 8400 }],
  "seconds as a number": ["getcallerid --duration 3600", { duration: 3600 }],
  "a word to choose, in any case": ["dumpcreds --outform PowerShell", { outform: "powershell" }],
  "--refresh force as on": ["getcallerid --refresh Force", { refresh: "on" }],
  "--refresh true as on": ["getcallerid --refresh true", { refresh: "on" }],
  "--refresh false as off": ["getcallerid --refresh FALSE", { refresh: "off" }],
  "--refresh on": ["getcallerid --refresh on", { refresh: "on" }],
  "--sign-in never by default with --credential-helper": [
    "dumpcreds --credential-helper",
    { credentialHelper: true, signIn: "never" },
  ],
  "--sign-in as it was said with --credential-helper": [
    "dumpcreds --sign-in auto --credential-helper",
    { credentialHelper: true, signIn: "auto" },
  ],
};
describe("parse() reads", () => {
  for (const [sentence, [line, said]] of Object.entries(READINGS)) {
    test(sentence, () => {
      expect(parse(words(line))).toHaveProperty("options", { ...DEFAULTS, ...said });
    });
  }

  test("-c as --command with any text", () => {
    const text = 'x=$(aws iam list-roles)\ntest -z "$x" && exit 1';
    expect(parse(["runas", "-c", text])).toMatchObject({ command: "runas", options: { command: text } });
  });

  test("everything after -- as the program of runas", () => {
    expect(parse(["runas", "--profile", "p", "--", "aws", "--profile", "q", "--", "--help", ""])).toEqual({
      command: "runas",
      options: { ...DEFAULTS, profile: "p" },
      program: ["aws", "--profile", "q", "--", "--help", ""],
    });
  });

  test("no program where there is no --", () => {
    expect(parse(["runas", "-c", "true"])).not.toHaveProperty("program");
  });
});

const OTHER_COMMANDS: Record<string, ReturnType<typeof parse>> = {
  help: { command: "help" },
  "help runas": { command: "help", topic: "runas" },
  "help sources": { command: "help", topic: "sources" },
  "help exit-status": { command: "help", topic: "exit-status" },
  "help credential-process": { command: "help", topic: "credential-process" },
  "help completion": { command: "help", topic: "completion" },
  "-h": { command: "help" },
  "--help": { command: "help" },
  "runas --help": { command: "help", topic: "runas" },
  "-h runas": { command: "help", topic: "runas" },
  "help --help": { command: "help", topic: "help" },
  "help runas -h": { command: "help", topic: "runas" },
  "dumpcreds --profile console -h": { command: "help", topic: "dumpcreds" },
  "--profile console dumpcreds --help": { command: "help", topic: "dumpcreds" },
  "dumpcreds --no-such-option --duration soon --help": { command: "help", topic: "dumpcreds" },
  "dumpcreds --profile --help": { command: "help", topic: "dumpcreds" },
  version: { command: "version" },
  "--version": { command: "version" },
  "console --version": { command: "version" },
  "--verbose version": { command: "version" },
  "completion bash": { command: "completion", shell: "bash" },
  "completion powershell": { command: "completion", shell: "powershell" },
  "shell-init fish": { command: "shell-init", shell: "fish" },
};
describe("parse() understands", () => {
  for (const [line, invocation] of Object.entries(OTHER_COMMANDS)) {
    test(line, () => expect(parse(words(line))).toEqual(invocation));
  }
});

/** What is wrong, in words; the line; the error; the hint. */
const MISTAKES: Record<string, [string, string, string]> = {
  "options without a command": ["--profile x", "no command given", "see: aws-login help"],
  "a program without a command": [
    "-- aws s3 ls",
    "no command given before --",
    "to run a program: aws-login runas -- PROGRAM ARGS",
  ],
  "an unknown command near one": ["dumpcred", 'unknown command "dumpcred"', "did you mean dumpcreds?"],
  "an unknown command near none": ["frobnicate", 'unknown command "frobnicate"', "see: aws-login help"],
  "help about nothing": ["help logon", 'unknown command "logon"', "did you mean login?"],
  "an unknown option near one": [
    "console --star-url x",
    "unknown option --star-url",
    "did you mean --start-url?",
  ],
  "an unknown option near none": [
    "console --frobnicate",
    "unknown option --frobnicate",
    "see: aws-login help console",
  ],
  "an unknown option with one dash": [
    "console -profile x",
    "unknown option -profile",
    "did you mean --profile?",
  ],
  "a name that every object has": [
    "console --constructor",
    "unknown option --constructor",
    "see: aws-login help console",
  ],
  "an option without its value": [
    "console --profile",
    "--profile needs a value",
    "see: aws-login help console",
  ],
  "an option in place of a value": [
    "console --profile --verbose",
    "--profile needs a value: --verbose is an option",
    "if it is meant as the value: --profile=--verbose",
  ],
  "a short option in place of a value": [
    "runas --profile -c ls",
    "--profile needs a value: -c is an option",
    "if it is meant as the value: --profile=-c",
  ],
  "-- in place of a value": ["runas --profile -- ls", "--profile needs a value", "see: aws-login help runas"],
  "an empty value": [
    'console --profile ""',
    "--profile has an empty value",
    "give --profile a value, or leave it out",
  ],
  "nothing after =": [
    "console --profile=",
    "--profile has an empty value",
    "give --profile a value, or leave it out",
  ],
  "a flag with a value": [
    "console --copy=yes",
    "--copy takes no value",
    "write --copy alone, or leave it out",
  ],
  "a word that is no choice": [
    "dumpcreds --outform cmd",
    'cannot use --outform "cmd": it must be one of linux, mac, windows, powershell, fish, env, json',
    "see: aws-login help dumpcreds",
  ],
  "a choice that every object has": [
    "console --sign-in toString",
    'cannot use --sign-in "toString": it must be one of auto, always, never',
    "see: aws-login help console",
  ],
  "a duration out of range": [
    "console --duration 60",
    'cannot use --duration "60": it must be a whole number of seconds from 900 to 129600',
    "see: aws-login help console",
  ],
  "a port out of range": [
    "console --callback-port 65536",
    'cannot use --callback-port "65536": it must be a port number from 1 to 65535',
    "see: aws-login help console",
  ],
  "an account id of the wrong length": [
    "console --sso-acct-id 12345678901",
    'cannot use --sso-acct-id "12345678901": it must be exactly 12 digits',
    "see: aws-login help console",
  ],
  "a stray word": ["login now", 'login takes no "now"', "did you mean --profile now?"],
  "a dash where hyphens were meant": [
    "console –-profile dev",
    "unknown option –-profile",
    "an option begins with two hyphens, as in --profile",
  ],
  "a dash before the command": [
    "—profile dev console",
    "unknown option —profile",
    "an option begins with two hyphens, as in --profile",
  ],
  "a lone dash": ["console -", 'console takes no "-"', "see: aws-login help console"],
  "a program without --": [
    "runas aws s3 ls --recursive",
    "unknown option --recursive",
    "put -- before the program: aws-login runas -- PROGRAM ARGS",
  ],
  "-- where no program runs": [
    "console -- ls",
    "console takes nothing after --",
    "to run a program: aws-login runas -- PROGRAM ARGS",
  ],
  "an option of another command": [
    "getcallerid --outform json",
    "--outform is not for getcallerid",
    "it is for dumpcreds and serve",
  ],
  "an option of another command, given first": [
    "--write console",
    "--write is not for console",
    "it is for dumpconfig",
  ],
  "a chain step for dumpconfig": [
    "dumpconfig --assume-roles x",
    "--assume-roles is not for dumpconfig",
    "it is for console, dumpcreds, getcallerid, runas, serve and status",
  ],
  "--profiles where one is meant": [
    "console --profiles dev",
    "--profiles is not for console",
    "did you mean --profile?",
  ],
  "an option for version": ["version --copy", "--copy is not for version", "it is for console"],
  "completion for no shell": [
    "completion",
    "completion needs the name of a shell: bash, zsh, fish or powershell",
    "for example: aws-login completion bash",
  ],
  "completion for an unknown shell": [
    "completion tcsh",
    'no completion for "tcsh": the shells are bash, zsh, fish and powershell',
    "see: aws-login help completion",
  ],
  "shell-init for no shell": [
    "shell-init",
    "shell-init needs the name of a shell: bash, zsh, fish or powershell",
    "for example: aws-login shell-init bash",
  ],
  "shell-init for an unknown shell": [
    "shell-init tcsh",
    'no shell-init for "tcsh": the shells are bash, zsh, fish and powershell',
    "see: aws-login help shell-init",
  ],
};
describe("parse() refuses", () => {
  for (const [sentence, [line, message, hint]] of Object.entries(MISTAKES)) {
    test(sentence, () => {
      const failure = usageFailure(words(line));
      expect({ kind: failure.kind, message: failure.message, hints: failure.hints }).toEqual({
        kind: "usage",
        message,
        hints: [hint],
      });
    });
  }

  test("no words at all, with the page of the commands", () => {
    const { kind, message, hints, page } = usageFailure([]);
    expect([kind, message, hints, page]).toEqual(["usage", "no command given", [], helpText()]);
  });

  const LOST: Record<string, [words: string[], argument: number]> = {
    "as the value of an option": [["dumpcreds", "--profile", "p\ufffd"], 3],
    "after an equals sign": [["dumpcreds", "--profile=p\ufffd"], 2],
    "as a secret": [["getcallerid", "--sso-access-token", "S3CR3T\ufffd"], 3],
    "as a command line of runas": [["runas", "-c", "rm caf\ufffd"], 3],
    "beside a request for help": [["--help", "\ufffd"], 2],
  };
  test.each(Object.entries(LOST))("bytes that are not UTF-8 %s", (_, [line, argument]) => {
    const { message, hints } = usageFailure(line);
    expect(message).toBe(`cannot use argument ${argument}: it holds bytes that are not UTF-8`);
    expect(hints).toEqual(["write it in UTF-8, as the AWS config files are"]);
  });

  test("an empty word as a command", () => {
    expect(usageFailure([""]).message).toBe('unknown command ""');
  });
});

const SECRET = "S3CR3T";
const SECRET_LINES: Record<string, string> = {
  "a bad --mfa-token": `console --mfa-token ${SECRET}`,
  "a bad --mfa-token after =": `console --mfa-token=${SECRET}`,
  "an access token that begins as an option does": `console --sso-access-token --${SECRET}`,
  "an access token behind a dash": `console —sso-access-token=${SECRET}`,
  "an access token behind a misspelt name": `console --sso-acess-token=${SECRET}`,
  "an access token given to a flag": `console --use-cache=${SECRET}`,
  "an access token that the shell split": `console --sso-access-token eyJ ${SECRET}`,
  "an access token that the shell split before the command": `--sso-access-token eyJ ${SECRET} console`,
  "an access token beside a contradiction": `console --use-cache --sso-access-token ${SECRET}`,
};
describe("parse() does not repeat", () => {
  for (const [sentence, line] of Object.entries(SECRET_LINES)) {
    test(sentence, () => {
      const { kind, message, notes, hints } = usageFailure(words(line));
      expect(kind).toBe("usage");
      expect([message, ...notes, ...hints].join("\n")).not.toContain(SECRET);
    });
  }
});
