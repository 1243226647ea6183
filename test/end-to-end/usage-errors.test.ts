import { expect } from "bun:test";
import { writeFile } from "node:fs/promises";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA } from "./support/identities.ts";
import { scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";

interface Mistake {
  readonly args: readonly string[];
  readonly error: string;
  readonly hint: string;
}

const role = ["--assume-roles", SAMPLE_ROLES.jump];
const portal = ["--start-url", "https://d-1.awsapps.com/start", "--sso-acct-id", "111111111111"];

/** Every kind of wrong usage; status 2, one error and one hint. */
const mistakes: Record<string, Mistake> = {
  "no command": { args: ["--verbose"], error: "no command given", hint: "see: aws-login help" },
  "an unknown command": {
    args: ["getcalerid"],
    error: 'unknown command "getcalerid"',
    hint: "did you mean getcallerid?",
  },
  "an unknown option": {
    args: ["getcallerid", "--asume-roles", SAMPLE_ROLES.jump],
    error: "unknown option --asume-roles",
    hint: "did you mean --assume-roles?",
  },
  "an unknown option that is like no other": {
    args: ["getcallerid", "--xyzzy=made-up-secret"],
    error: "unknown option --xyzzy",
    hint: "see: aws-login help getcallerid",
  },
  "an option without its value": {
    args: ["getcallerid", "--profile"],
    error: "--profile needs a value",
    hint: "see: aws-login help getcallerid",
  },
  "an option that is for another command": {
    args: ["getcallerid", "--outform", "json"],
    error: "--outform is not for getcallerid",
    hint: "it is for dumpcreds and serve",
  },
  "a value that is none of the choices": {
    args: ["dumpcreds", "--outform", "csh"],
    error: 'cannot use --outform "csh": it must be one of linux, mac, windows, powershell, fish, env, json',
    hint: "see: aws-login help dumpcreds",
  },
  "a region that would change the host": {
    args: ["getcallerid", "--region", "example.com/"],
    error: 'cannot use --region "example.com/": it must be the name of a region, for example eu-west-1',
    hint: "see: aws-login help getcallerid",
  },
  "an MFA code of five digits, which is not repeated": {
    args: ["getcallerid", "--mfa-token", "12345"],
    error: "cannot use --mfa-token: it must be the six digits that the MFA device shows",
    hint: "see: aws-login help getcallerid",
  },
  "--credential-helper with --outform": {
    args: ["dumpcreds", "--credential-helper", "--outform", "json"],
    error: "--credential-helper contradicts --outform: each chooses the form of the output",
    hint: "for credential_process leave out --outform; for the same values to read, --outform json",
  },
  "--get-session-token with --get-federation-token": {
    args: ["dumpcreds", "--get-session-token", "--get-federation-token"],
    error: "--get-session-token contradicts --get-federation-token: each exchanges the long-term keys",
    hint: "for the console of an IAM user --get-federation-token; before --assume-roles --get-session-token",
  },
  "--get-federation-token with --assume-roles": {
    args: ["console", "--get-federation-token", ...role],
    error: "--get-federation-token contradicts --assume-roles: federation credentials cannot assume a role",
    hint: "leave out --get-federation-token, or use --get-session-token in its place",
  },
  "--command with --": {
    args: ["runas", "--command", "true", "--", "true"],
    error: "--command contradicts --: each says what to run",
    hint: "for one shell command line --command STRING; for a program and its arguments -- PROGRAM ARGS",
  },
  "runas with nothing to run": {
    args: ["runas"],
    error: "runas needs something to run",
    hint: "for example: aws-login runas -- aws s3 ls, or: aws-login runas --command 'aws s3 ls | sort'",
  },
  "a program without -- before it": {
    args: ["runas", "aws"],
    error: "runas needs something to run",
    hint: "put -- before the program: aws-login runas -- PROGRAM ARGS",
  },
  "--profile with an option of Identity Center": {
    args: ["dumpcreds", "--profile", "dev", ...portal, "--sso-role-name", "Admin"],
    error: "--profile contradicts --start-url: each names a credential source",
    hint: "leave out --profile to use Identity Center, or --start-url to use the profile",
  },
  "words beside a profile": {
    args: ["dumpcreds", "prod", "--profile", "dev"],
    error: '"prod" contradicts --profile: each names a credential source',
    hint: "leave out the words to use --profile, or the option to look for the words",
  },
  "an account id of eleven digits": {
    args: ["dumpcreds", "--sso-acct-id", "12345678901", "--sso-role-name", "Admin"],
    error: 'cannot use --sso-acct-id "12345678901": it must be exactly 12 digits',
    hint: "see: aws-login help dumpcreds",
  },
  "two sources of a token": {
    args: ["dumpcreds", "--sso-access-token", "made-up", "--use-cache"],
    error: "--sso-access-token contradicts --use-cache: each names the token to use",
    hint: "leave out --use-cache to use the token given, or --sso-access-token to use the stored one",
  },
  "a role that is a user": {
    args: ["dumpcreds", "--assume-roles", "arn:aws:iam::111111111111:user/ana"],
    error:
      'cannot use --assume-roles as a role to assume: "arn:aws:iam::111111111111:user/ana": it names something of type user, and only a role can be assumed',
    hint: "a role's ARN looks like arn:aws:iam::ACCOUNT:role/NAME",
  },
};

for (const [name, { args, error, hint }] of Object.entries(mistakes)) {
  scenario(`wrong usage: ${name}`, async (scene) => {
    const stderr = stderrText({ error, hints: [hint] });
    expect(await scene.run(args, ANA)).toEqual({ status: 2, stdout: "", stderr });
    expect(scene.standIn.connections).toEqual([]);
  });
}

scenario("aws-login without a word shows the commands on stderr, with status 2", async (scene) => {
  const help = await scene.run(["help"]);
  expect(await scene.run([])).toEqual({
    status: 2,
    stdout: "",
    stderr: `aws-login: error: no command given\n${help.stdout}`,
  });
});

scenario("an argument that is not UTF-8 is refused before it can name another profile", async (scene) => {
  const path = await scene.write("home/.aws/config", "");
  await writeFile(path, "[profile p\xe8]\nregion = eu-west-1\n", "latin1");
  const stderr = stderrText({
    error: "cannot use argument 3: it holds bytes that are not UTF-8",
    hints: ["write it in UTF-8, as the AWS config files are"],
  });
  const line = "aws-login dumpcreds --profile $'p\\xe9'";
  expect(await scene.bash(line, ANA)).toEqual({ status: 2, stdout: "", stderr });
});

const answers: Record<string, { readonly args: readonly string[]; readonly begins: string }> = {
  help: {
    args: ["help"],
    begins: "aws-login turns any AWS identity you may use into an open console, printed\n",
  },
  "--help": { args: ["--help"], begins: "aws-login turns any AWS identity" },
  "help of a command": { args: ["help", "runas"], begins: "Usage: aws-login runas" },
  "help of a command, asked by -h": { args: ["runas", "-h"], begins: "Usage: aws-login runas" },
  "help credential-process": {
    args: ["help", "credential-process"],
    begins: "Usage: aws-login credential-process --certificate",
  },
  "help sources": { args: ["help", "sources"], begins: "The credential source is the first" },
  "help exit-status": { args: ["help", "exit-status"], begins: "Exit status\n\n  0    done\n" },
  version: { args: ["version"], begins: "aws-login 0." },
  "--version": { args: ["--version"], begins: "aws-login 0." },
  "completion bash": { args: ["completion", "bash"], begins: "" },
  "completion zsh": { args: ["completion", "zsh"], begins: "#compdef aws-login\n" },
  "completion fish": { args: ["completion", "fish"], begins: "" },
  "shell-init bash": { args: ["shell-init", "bash"], begins: "# aws-use " },
  "completion powershell": { args: ["completion", "powershell"], begins: "" },
};

for (const [name, { args, begins }] of Object.entries(answers)) {
  scenario(`${name} answers on stdout, whatever the configuration`, async (scene) => {
    await scene.write("home/.aws/config", "this is no config file\n");
    const { status, stdout, stderr } = await scene.run(args, { AWS_CA_BUNDLE: "", HTTPS_PROXY: "nonsense:" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toStartWith(begins);
    expect(stdout).toEndWith("\n");
    expect(scene.standIn.connections).toEqual([]);
  });
}
