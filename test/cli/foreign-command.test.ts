import { describe, expect, test } from "bun:test";
import { hintForCommand } from "../../src/cli/foreign-command.ts";
import { parse } from "../../src/cli/parse.ts";
import { usageFailure } from "./usage-failure.ts";
import { words } from "./words.ts";

const HINTS: Record<string, string> = {
  whoami: "the command is: aws-login getcallerid",
  WhoAmI: "the command is: aws-login getcallerid",
  "exec -- aws s3 ls": "the command is: aws-login runas -- PROGRAM ARGS",
  "exec prod -- aws s3 ls": "the command is: aws-login runas -- PROGRAM ARGS",
  shell: "the command is: aws-login runas",
  doctor: "the command is: aws-login status",
  export: "the command is: aws-login dumpcreds",
  env: "the command is: aws-login dumpcreds --outform env",
  ls: "the command is: aws-login list",
  "logout-all": "the command is: aws-login logout",
  "sso login": "the command is: aws-login login --start-url URL",
  "sso logout": "the command is: aws-login logout",
  "prod console": "the command comes first: aws-login console prod",
  "prod runas -- ls": "the command comes first: aws-login runas prod",
  "--region eu-west-1 prod getcallerid": "the command comes first: aws-login getcallerid prod",
};
describe("the hint for a command of another tool", () => {
  test.each(Object.entries(HINTS))("%s", (line, hint) => {
    expect(usageFailure(words(line)).hints).toEqual([hint]);
  });
});

test("hintForCommand() has nothing to say of other words, and repeats none that a shell would read", () => {
  for (const line of ["frobnicate", "'a;b' console", "prod importcache", "toString", "prod version"]) {
    const [word = "", ...rest] = words(line);
    expect(hintForCommand(word, [word, ...rest])).toBeUndefined();
  }
});

test("every command of a hint exists", () => {
  for (const hint of Object.values(HINTS)) {
    const [, command = ""] = /aws-login (\S+)/.exec(hint) ?? [];
    expect(parse([command, "--help"])).toMatchObject({ command: "help", topic: command });
  }
});
