import { describe, expect, test } from "bun:test";
import type { Environment } from "../src/system/types.ts";
import { answerFast, answerInGeneral, homeFiles, store } from "./support/cached-answers.ts";
import { keptAnswerOf, keptRole } from "./support/cached-credentials.ts";
import { noon } from "./support/fake-system.ts";
import { environmentKeys } from "./support/options.ts";

const begin = ["dumpcreds", "--credential-helper", "--use-cache"];
const role = ["--assume-roles", "arn:aws:iam::111111111111:role/Jump"];
const env: Environment = environmentKeys;
const hour = 3_600_000;

/** Both answers to what an entry is stored for. */
function answersTo(words: readonly string[], variables: Environment = env): (string | undefined)[] {
  const asked = { words, env: variables };
  const files = homeFiles();
  expect(store(asked, files)).toBeString();
  return [answerFast(asked, files), answerInGeneral(asked, files)];
}

const outside = [
  ...["--certificate", "c.pem", "--private-key", "k.pem", "--intermediates", "i.pem"],
  ...["--trust-anchor-arn", "A", "--profile-arn", "P", "--role-arn", "R"],
];

describe("cachedAnswer() of the fast path", () => {
  const lines: Record<string, readonly string[]> = {
    "nothing more": begin,
    "flags at the end": ["dumpcreds", "--profile", "dev", "--use-cache", "--credential-helper"],
    "a value after an equals sign": [...begin, "--profile=a=b", "--region=eu-west-1"],
    "a value that begins with a dash, after an equals sign": [...begin, "--profile=-x"],
    "a chain": [...begin, ...role, "--external-id", "ab", "--get-session-token"],
    "a session name with an at sign": [...begin, ...role, "--role-session-name", "me@example.com"],
    "a duration": [...begin, ...role, "--duration", "900"],
    "an MFA device": [...begin, "--get-session-token", "--mfa-serial", "arn:aws:iam::111111111111:mfa/me"],
    "an account and role": [
      ...[...begin, "--start-url", "https://d-1234567890.awsapps.com/start", "--sso-region", "eu-west-1"],
      ...["--sso-acct-id", "012345678901", "--sso-role-name", "Reader", "--source-identity", "me"],
    ],
    "a session": [
      ...[...begin, "--sso-session", "my-sso", "--sso-acct-id", "012345678901"],
      ...["--sso-role-name", "Reader"],
    ],
    "a certificate": [
      ...begin,
      ...outside,
      "--private-key-password-file",
      "p",
      "--endpoint",
      "https://a.example",
    ],
    "a web identity token": [...begin, "--web-identity-token", "/run/token", "--role-arn", "R"],
    "the words of AWS's helper": ["credential-process", "--use-cache", ...outside, "--session-duration=3600"],
    "a list of roles": [...begin, "--assume-roles", "file:///home/me/roles"],
    "a name in another script": [...begin, "--profile", "prüfung-試験"],
  };
  test.each(Object.entries(lines))("cachedAnswer() is that of the general way for %s", (_, words) => {
    expect(answersTo(words)).toEqual([keptRole().answer, keptRole().answer]);
  });

  const environments: Record<string, Environment> = {
    "without keys": { HOME: "/home/me" },
    "with a session token": { ...env, AWS_SESSION_TOKEN: "made-up" },
    "with an empty secret": { ...env, AWS_SECRET_ACCESS_KEY: "" },
    "with a config file elsewhere": { ...env, AWS_CONFIG_FILE: "/etc/aws" },
    "with a config file by the home directory": { ...env, AWS_CONFIG_FILE: "~/.aws/config" },
    "without a config file": { ...env, AWS_CONFIG_FILE: "" },
    "with an endpoint": { ...env, AWS_ENDPOINT_URL: "https://sts.example" },
    "with all variables of the key": {
      ...env,
      AWS_PROFILE: "dev",
      AWS_REGION: "eu-west-1",
      AWS_ROLE_ARN: "x",
    },
  };
  test.each(Object.entries(environments))("cachedAnswer() is that of the general way %s", (_, variables) => {
    expect(answersTo(begin, variables)).toEqual([keptRole().answer, keptRole().answer]);
  });

  const leftLines: Record<string, readonly string[]> = {
    "with an option that only parse() reads": [...begin, "--refresh", "off"],
    "with the command at the end": ["--credential-helper", "--use-cache", "dumpcreds"],
    "with a web identity token of GitHub": [...begin, "--web-identity-token", "github", "--role-arn", "R"],
    "with a federation token": [...begin, "--get-federation-token"],
    "with a variable in a path": [...begin, ...outside, "--certificate", "$WHERE/c.pem"],
    "with an address that has a password": [
      ...begin,
      ...outside,
      "--endpoint",
      "https://me:made-up@a.example",
    ],
    "with a line break": [...begin, "--profile", "a\nb"],
    "with a repeated option": [...begin, "--profile", "one", "--profile", "two"],
  };
  test.each(Object.entries(leftLines))(
    "cachedAnswer() leaves a command line to the general way %s",
    (_, words) => {
      expect(answersTo(words)).toEqual([undefined, keptRole().answer]);
    },
  );

  const leftEnvironments: Record<string, Environment> = {
    "with AWS_LOGIN_HOME": { ...env, AWS_LOGIN_HOME: "/shared/me" },
    "with AWS_LOGIN_HOME for the default folder": { ...env, AWS_LOGIN_HOME: "/home/me/.aws-login" },
    "with the root as the home directory": { ...env, HOME: "/" },
    "with a slash at the end of the home directory": { ...env, HOME: "/home/me/" },
    "with a home directory of Windows": { ...env, HOME: "C:\\Users\\me" },
    "with a variable in a variable": { ...env, AWS_CONFIG_FILE: "$HOME/aws" },
    "with a password in an address": { ...env, AWS_ENDPOINT_URL: "https://me:made-up@sts.example" },
    "with a space in the home directory": { ...env, HOME: "/home/m e" },
  };
  test.each(Object.entries(leftEnvironments))(
    "cachedAnswer() leaves an environment to the general way %s",
    (_, variables) => {
      expect(answersTo(begin, variables)).toEqual([undefined, keptRole().answer]);
    },
  );

  const refused: Record<string, readonly string[]> = {
    "without --use-cache": ["dumpcreds", "--credential-helper"],
    "without --credential-helper": ["dumpcreds", "--use-cache"],
    "of another command": ["getcallerid", "--use-cache", "--credential-helper"],
    "by the other name, with a region": ["credential-process", "--use-cache", "--region", "eu-west-1"],
    "by the other name, without --use-cache": ["credential-process", "--profile", "dev"],
    "with a duration of another spelling": [...begin, ...role, "--duration", "0900"],
    "with a duration that is no number": [...begin, ...role, "--duration", "1e3"],
    "with something to tell": [...begin, "--verbose"],
    "that passes over the cache": [...begin, "--refresh", "on"],
    "that signs in": [...begin, "--sign-in", "always"],
    "that asks for help": [...begin, "--help"],
    "with a value missing": [...begin, "--profile"],
    "with a value missing before an option": ["dumpcreds", "--profile", "--use-cache", "--credential-helper"],
    "with an empty value": [...begin, "--profile", ""],
    "with an empty value after an equals sign": [...begin, "--profile="],
    "with bytes that are not UTF-8": [...begin, "--profile", "p\ufffd"],
    "with a value for a flag": [...begin, "--get-session-token=yes"],
    "with a word too many": [...begin, "more"],
    "with what is no option but a word of the language": [...begin, "--toString", "x"],
    "with a certificate and no role": [...begin, "--certificate", "c.pem"],
    "with a password file and no key": [...begin, "--private-key-password-file", "p"],
    "with --": [...begin, "--", "x"],
    "that is empty": [],
  };
  test.each(Object.entries(refused))("cachedAnswer() is undefined for a command line %s", (_, words) => {
    const files = homeFiles();
    for (const stored of [begin, [...begin, "--profile", "dev"], [...begin, ...role, "--duration", "900"]])
      store({ words: stored, env }, files);
    store({ words, env }, files);
    expect(answerFast({ words, env }, files)).toBeUndefined();
  });

  const asked = { words: [...begin, ...role], env };

  const changes: Record<string, (files: ReturnType<typeof homeFiles>, path: string) => unknown> = {
    "the config file has changed": ({ files }) => files.set("/home/me/.aws/config", "[other]\n"),
    "the credentials file is gone": ({ files }) => files.delete("/home/me/.aws/credentials"),
    "a file that the credentials depend on has changed": ({ files }) => files.set("/token", "two"),
    "a config file is longer than 4 MiB": ({ files }) =>
      files.set("/home/me/.aws/config", "#".repeat(4 * 1024 * 1024 + 1)),
    "a config file begins as a byte order mark does": ({ files }) =>
      files.set("/home/me/.aws/config", "\ufeff"),
    "the entry is gone": ({ files }, path) => files.delete(path),
    "the entry is empty": ({ files }, path) => files.set(path, ""),
    "the entry is damaged": ({ files }, path) =>
      files.set(path, (files.get(path) ?? "").replace("ASIAKEPT", "ASIAKEPS")),
    "the entry is cut off": ({ files }, path) => files.set(path, (files.get(path) ?? "").slice(0, -1)),
    "the entry has another form": ({ files }, path) =>
      files.set(path, (files.get(path) ?? "").replace("credentials 1", "credentials 2")),
    "the entry is that of another request": (files, path) => {
      const other = store({ words: begin, env }, files) ?? "";
      files.files.set(path, files.files.get(other) ?? "");
    },
  };
  test.each(Object.entries(changes))("cachedAnswer() is undefined where %s", (_, change) => {
    const files = homeFiles();
    files.files.set("/token", "one");
    const dependsOn = ["/token", files.fileFingerprint("/token") ?? ""];
    const path = store(asked, files, keptRole({ dependsOn })) ?? "";
    expect(answerFast(asked, files)).toBe(keptRole().answer);
    change(files, path);
    expect(answerFast(asked, files)).toBeUndefined();
  });

  test("cachedAnswer() opens no pipe", () => {
    const files = homeFiles();
    store(asked, files);
    expect(answerFast(asked, files, { pipes: ["/home/me/.aws/config"] })).toBeUndefined();
  });

  test.each([
    ["inside the refresh window", 45 * 60_000],
    ["when they have expired", hour],
    ["when they were acquired in the future", -hour],
  ])("cachedAnswer() is undefined %s", (_, later) => {
    const files = homeFiles();
    store(asked, files);
    expect(answerFast(asked, files, { now: noon + later })).toBeUndefined();
  });

  test("cachedAnswer() is undefined for an entry that holds no credentials", () => {
    const files = homeFiles();
    const path = store(asked, files) ?? "";
    const [title = "", request = "", found = ""] = files.files.get(path)?.split("\n") ?? [];
    const body = `${[title, request, found, `${noon} a note`, "", "", ""].join("\n")}\n`;
    files.files.set(path, `${body}whole ${Bun.hash(body)}\n`);
    expect(answerFast(asked, files)).toBeUndefined();
  });

  test("cachedAnswer() takes no part of the values of one request for another's", () => {
    const files = homeFiles();
    store({ words: [...begin, "--profile", "a"], env }, files, keptRole({ answer: keptAnswerOf("ASIAONE") }));
    const others = [
      [...begin, "--profile", "b"],
      [...begin, "--region", "a"],
      [...begin, "--profile", "a", "--region", "b"],
      begin,
    ];
    for (const words of others) expect(answerFast({ words, env }, files)).toBeUndefined();
    expect(answerFast({ words: begin, env: { ...env, AWS_PROFILE: "a" } }, files)).toBeUndefined();
  });
});
