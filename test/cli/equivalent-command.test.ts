import { expect, test } from "bun:test";
import { equivalentCommand } from "../../src/cli/equivalent-command.ts";
import { words } from "./words.ts";

const CASES: Record<string, [line: string, targets: string[], options: string[], same: string]> = {
  "in place of words": [
    "console prod admin --copy",
    ["prod", "admin"],
    ["--profile", "p q"],
    "aws-login console --profile 'p q' --copy",
  ],
  "with a program": [
    "runas prod --region eu-west-1 -- ls prod",
    ["prod"],
    ["--profile", "p"],
    "aws-login runas --profile p --region eu-west-1 -- ls prod",
  ],
  "with options before the command": [
    "--verbose console prod",
    ["prod"],
    ["--profile", "p"],
    "aws-login --verbose console --profile p",
  ],
  "completing what was given": [
    "console --sso-acct-id=111111111111",
    [],
    ["--sso-acct-id", "111111111111", "--sso-role-name", "R"],
    "aws-login console --sso-acct-id 111111111111 --sso-role-name R",
  ],
};
test.each(Object.entries(CASES))(
  "equivalentCommand() writes the options %s",
  (_, [line, targets, options, same]) => {
    expect(equivalentCommand(words(line), targets, options)).toBe(same);
  },
);

test("equivalentCommand() repeats no secret", () => {
  for (const line of ["console x --mfa-token 123456", "console x --mfa-token=123456"]) {
    expect(equivalentCommand(words(line), ["x"], ["--profile", "p"])).toBe(
      "aws-login console --profile p --mfa-token '…'",
    );
  }
});
