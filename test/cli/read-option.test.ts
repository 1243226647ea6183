import { describe, expect, test } from "bun:test";
import { OPTIONS } from "../../src/cli/options.ts";
import { type Draft, isSecret, readOption } from "../../src/cli/read-option.ts";
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
    "refuses an unknown option": [["--profle"], /unknown option --profle/],
  };
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
