import { describe, expect, test } from "bun:test";
import { OPTIONS } from "../../src/cli/options.ts";
import { type Draft, isSecret, readOption } from "../../src/cli/read-option.ts";
import { failureOf } from "../support/failure.ts";
import { DEFAULTS } from "./defaults.ts";

function draft(): Draft {
  return { ...DEFAULTS };
}

describe("readOption()", () => {
  const cases: Record<string, [words: string[], width: number, field: keyof Draft, value: unknown]> = {
    "takes the value after the equals sign": [["--profile=a=b"], 1, "profile", "a=b"],
    "takes the next word": [["--profile", "dev"], 2, "profile", "dev"],
    "sets a flag": [["--use-cache"], 1, "useCache", true],
    "brings a choice to lower case": [["--outform", "FISH"], 2, "outform", "fish"],
    "turns seconds into a number": [["--duration", "900"], 2, "duration", 900],
    "keeps an account id as text": [["--sso-acct-id", "012345678901"], 2, "ssoAcctId", "012345678901"],
    "knows a short name": [["-c", "id"], 2, "command", "id"],
    "takes a lone hyphen for a value": [["--sso-access-token", "-"], 2, "ssoAccessToken", "-"],
  };
  for (const [sentence, [words, width, field, value]] of Object.entries(cases)) {
    test(sentence, () => {
      const into = draft();
      expect(readOption(words, 0, into).width).toBe(width === 2 ? 2 : 1);
      expect(into[field]).toEqual(value as never);
    });
  }

  const refusals: Record<string, [words: string[], message: RegExp]> = {
    "refuses a value for a flag": [["--use-cache=yes"], /--use-cache takes no value/],
    "refuses an option without its value": [["--profile"], /--profile needs a value/],
    "refuses an empty value": [["--profile="], /--profile has an empty value/],
    "refuses an unknown option": [["--profle"], /^unknown option --profle$/],
    "shows nothing behind the equals sign of an unknown option": [
      ["--sso-token=hunter2"],
      /^unknown option --sso-token$/,
    ],
    "shows nothing behind the equals sign of one with a dash": [
      ["-mfa-token=123456"],
      /^unknown option -mfa-token$/,
    ],
    "shows a letter only of what stands behind one dash": [["-phunter2"], /^unknown option -p…$/],
    "shows a letter only of a command written behind its letter": [
      ["-cecho hunter2"],
      /^unknown option -c…$/,
    ],
    "takes no equals sign behind a letter": [["-c=echo"], /^unknown option -c$/],
    "shows nothing behind the equals sign of an option in the place of a value": [
      ["--region", "--sso-access-token=hunter2"],
      /^--region needs a value: --sso-access-token is an option$/,
    ],
    "shows a short value that will not do": [
      ["--region", "us east"],
      /^cannot use --region "us east": it must be /,
    ],
    ...Object.fromEntries(
      [
        ...["--region", "--sso-region", "--sso-acct-id", "--duration", "--callback-port"],
        ...["--outform", "--refresh", "--sign-in"],
      ].map((name) => [
        `shows no long value of ${name} that will not do`,
        [
          [name, "hunter2 hunter2 hunter2"],
          new RegExp(`^cannot use ${name} \\(a value of 23 characters\\): it must be `),
        ],
      ]),
    ),
  };
  const hints: Record<string, [words: string[], hint: string]> = {
    "one dash too few": [["-mfa-token=123456"], "did you mean --mfa-token?"],
    "a letter with its value": [["-cid"], "write a space behind -c: -c VALUE"],
    "an option in the place of a value": [
      ["--region", "--verbose"],
      "if it is meant as the value: --region=--verbose",
    ],
    "an option with its value in the place of a value": [
      ["--region", "--mfa-token=123456"],
      "give --region a value, or leave it out",
    ],
  };
  for (const [sentence, [words, hint]] of Object.entries(hints)) {
    test(`says what helps against ${sentence}`, async () => {
      expect((await failureOf(() => readOption(words, 0, draft()))).hints).toEqual([hint]);
    });
  }

  for (const [sentence, [words, message]] of Object.entries(refusals)) {
    test(sentence, () => {
      expect(() => readOption(words, 0, draft())).toThrow(message);
    });
  }
});

test("isSecret() is true of the options whose value is a secret", () => {
  const secret = OPTIONS.filter(isSecret).map(({ name }) => name);
  expect(secret.toSorted()).toEqual(["--mfa-token", "--sso-access-token"]);
});
