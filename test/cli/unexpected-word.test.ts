import { describe, expect, test } from "bun:test";
import { usageFailure } from "./usage-failure.ts";
import { words } from "./words.ts";

/** The hint for the word that stands where none can. */
const hintFor = (line: string): string => usageFailure(words(line)).hints.join(" / ");

const quoteList = (option: string) => `put a list with blanks in it between double quotes: ${option} "…, …"`;
const ARN = "arn:aws:iam::111111111111:role/team/Jump";
const URL = "https://d-987654321d.awsapps.com/start";

describe("unexpectedWordHint()", () => {
  const hints: Record<string, [line: string, hint: string]> = {
    "takes a name for a profile where a sign-in may be for one": ["login dev", "did you mean --profile dev?"],
    "takes an ARN for a role": [`getcallerid ${ARN}`, `did you mean --assume-roles ${ARN}?`],
    "takes a URL for a portal": [`login ${URL}`, `did you mean --start-url ${URL}?`],
    "takes a path for a token file": [
      "importcache ~/token.json",
      "did you mean --accesstoken-cache ~/token.json?",
    ],
    "says how a list with blanks is written": [
      `getcallerid --assume-roles ${ARN}, ${ARN}`,
      quoteList("--assume-roles"),
    ],
    "says the same of the other list": [
      "dumpconfig --target-arn-profiles a, b",
      quoteList("--target-arn-profiles"),
    ],
    "says it where a program would be run, too": [
      `runas --assume-roles ${ARN}, ${ARN} -- ls`,
      quoteList("--assume-roles"),
    ],
    "names no option that is there already": ["login --profile my prod", "see: aws-login help login"],
    "names no option that is not for the command": [`login ${ARN}`, "see: aws-login help login"],
    "takes no command for a profile": ["login help", "see: aws-login help login"],
    "repeats nothing that a shell would read": ["login 'a;b'", "see: aws-login help login"],
    "says how a program is run": [
      "runas --profile dev ls",
      "put -- before the program: aws-login runas -- PROGRAM ARGS",
    ],
    "knows nothing better for a command without options": [
      "completion bash zsh",
      "see: aws-login help completion",
    ],
  };
  test.each(Object.entries(hints))("%s", (_, [line, hint]) => {
    expect(hintFor(line)).toBe(hint);
  });
});
