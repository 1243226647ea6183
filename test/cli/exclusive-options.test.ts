import { describe, expect, test } from "bun:test";
import { parse } from "../../src/cli/parse.ts";
import { type Refusal, testRefusals } from "./usage-failure.ts";
import { words } from "./words.ts";

const REFUSED: Record<string, Refusal> = {
  "a shell to clear and a profile": [
    "dumpcreds --clear --profile p",
    "--clear contradicts --profile: it unsets the variables of an identity and acquires none",
    "leave out --profile, or --clear to print credentials",
  ],
  "a shell to clear and a profile of the name that a choice has by default": [
    "dumpcreds --clear --profile auto",
    "--clear contradicts --profile",
    "leave out --profile",
  ],
  "a shell to clear and words": [
    "dumpcreds prod --clear",
    '--clear contradicts "prod": it unsets the variables of an identity and acquires none',
    "leave out the words",
  ],
  "sign-ins and words": ["list --sessions prod", '--sessions contradicts "prod"', "leave out --sessions"],
  "sign-ins and asking the portals": [
    "list --sessions --reload",
    "--sessions contradicts --reload",
    "leave out --sessions",
  ],
  "a shell to clear and a flag": [
    "dumpcreds --clear --use-cache",
    "--clear contradicts --use-cache",
    "leave out --use-cache",
  ],
  "a shell to clear and a choice": [
    "dumpcreds --clear --sign-in never",
    "--clear contradicts --sign-in",
    "leave out --sign-in",
  ],
  "a shell to clear and a helper": [
    "dumpcreds --clear --credential-helper",
    "--clear contradicts --credential-helper",
    "leave out --credential-helper",
  ],
  "sign-ins and a portal": [
    "list --sessions --sso-session s",
    "--sessions contradicts --sso-session: sign-ins are listed as they are stored",
    "leave out --sessions to list identities, or --sso-session to list sign-ins",
  ],
};

describe("checkExclusive() refuses", () => testRefusals(REFUSED));

test("checkExclusive() accepts what has an effect beside them", () => {
  for (const line of [
    "dumpcreds --clear --outform fish --verbose",
    "list --sessions --format json --region eu-west-1 --verbose",
  ])
    expect(() => parse(words(line))).not.toThrow();
});
