import { expect, test } from "bun:test";
import { commandLine } from "../../../scripts/try/command-line.ts";

test("commandLine() quotes only what a shell would change", () => {
  const args = [
    "runas",
    "--assume-roles",
    "arn:aws:iam::111111111111:role/A,b",
    "--command",
    "echo it's $HOME",
  ];
  expect(commandLine(args, { AWS_REGION: "eu-west-1", EMPTY: "" })).toBe(
    "AWS_REGION=eu-west-1 EMPTY='' aws-login runas --assume-roles arn:aws:iam::111111111111:role/A,b " +
      "--command 'echo it'\\''s $HOME'",
  );
});
