import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_WORLD } from "../stand-in/sample-world.ts";
import type { WorldPlan } from "../stand-in/world/plan.ts";
import { type FakeBrowser, fakeBrowser } from "./support/browser.ts";
import { ANA, callerOf, callerText, keyLines } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";

/**
 * The command lines of the Python tool's manual that start from the environment or a profile, letter for letter. Scripts
 * contain them.
 */

const STARTING = "arn:aws:iam::111111111111:role/StartingRole";
const TARGET = "arn:aws:iam::222222222222:role/TargetRole";
const OPERATOR = "arn:aws:iam::222222222222:role/OperatorRole";
const HOME_ACCOUNT = "arn:aws:iam::111111111111:root";

const world: WorldPlan = {
  ...SAMPLE_WORLD,
  roles: [
    ...(SAMPLE_WORLD.roles ?? []),
    { account: "111111111111", name: "StartingRole", trusts: [HOME_ACCOUNT] },
    { account: "111111111111", name: "IntermediateRole", trusts: [HOME_ACCOUNT] },
    { account: "222222222222", name: "TargetRole", trusts: [HOME_ACCOUNT] },
    { account: "222222222222", name: "OperatorRole", trusts: [HOME_ACCOUNT] },
  ],
};

const config = `[profile mySessionProfile]
role_arn = ${STARTING}
source_profile = ana

[profile myStartingRole]
role_arn = ${STARTING}
source_profile = ana
`;

/** A scene with the manual's profiles. */
function manual(name: string, play: (scene: Scene) => Promise<void>): void {
  scenario(
    name,
    async (scene) => {
      await scene.write("home/.aws/config", config);
      await scene.write("home/.aws/credentials", `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`);
      await play(scene);
    },
    { world },
  );
}

/** Under which session name each console page of the manual is opened, by command line. */
const consoles: Record<string, { readonly as: string; readonly env: Record<string, string> }> = {
  "aws-login console": {
    as: "111111111111:assumed-role/StartingRole",
    env: { AWS_PROFILE: "mySessionProfile" },
  },
  'aws-login console --profile "mySessionProfile"': { as: "111111111111:assumed-role/StartingRole", env: {} },
  'aws-login console --assume-roles "arn:aws:iam::222222222222:role/TargetRole"': {
    as: "222222222222:assumed-role/TargetRole",
    env: ANA,
  },
  'aws-login console --assume-roles "arn:aws:iam::111111111111:role/IntermediateRole, arn:aws:iam::222222222222:role/TargetRole"':
    { as: "222222222222:assumed-role/TargetRole", env: ANA },
  'aws-login console --profile "myStartingRole" --assume-roles "arn:aws:iam::222222222222:role/TargetRole"': {
    as: "222222222222:assumed-role/TargetRole",
    env: {},
  },
  'aws-login console --profile "myStartingRole" --assume-roles "arn:aws:iam::111111111111:role/IntermediateRole, arn:aws:iam::222222222222:role/TargetRole"':
    { as: "222222222222:assumed-role/TargetRole", env: {} },
};

for (const [line, { as, env }] of Object.entries(consoles)) {
  manual(`${line} opens the console in the browser`, async (scene) => {
    const browser: FakeBrowser = await fakeBrowser(scene);
    const ended = await scene.bash(line, { ...env, BROWSER: browser.command });
    expect(ended).toEqual({ status: 0, stdout: "", stderr: "" });
    await browser.shows(`Signed in as arn:aws:sts::${as}/aws-login, bound for https://console.`);
  });
}

const dumps: Record<string, RegExp> = {
  "aws-login dumpcreds": shell("#", /export /, ""),
  'aws-login dumpcreds --profile "mySessionProfile"': shell("#", /export /, ""),
  "aws-login dumpcreds --outform linux": shell("#", /export /, ""),
  "aws-login dumpcreds --outform mac": shell("#", /export /, ""),
  "aws-login dumpcreds --outform windows": shell("REM", /SET /, ""),
  "aws-login dumpcreds --outform powershell": shell("#", /\$Env:/, "'"),
};

/** The lines of a form: what it unsets, then key id, secret and token, each value in the same quotes, and the comment. */
function shell(comment: string, set: RegExp, quote: string): RegExp {
  const line = (name: string, value: string) => `${set.source}${name}=${quote}${value}${quote}\n`;
  return new RegExp(
    `^(?:.*AWS_(?:SECURITY_TOKEN|CREDENTIAL_EXPIRATION|ACCOUNT_ID)\\b.*\n)*` +
      line("AWS_ACCESS_KEY_ID", "ASIA[A-Z2-7]{16}") +
      line("AWS_SECRET_ACCESS_KEY", "[A-Za-z0-9+/]{40}") +
      line("AWS_SESSION_TOKEN", "[A-Za-z0-9+/=]{800,}") +
      `(?:.*AWS_(?:CREDENTIAL_EXPIRATION|REGION)\\b.*\n)*` +
      `${comment} Your session credentials are\\.\\.\\.\n$`,
  );
}

for (const [line, output] of Object.entries(dumps)) {
  manual(`${line} prints the credentials`, async (scene) => {
    const { status, stdout, stderr } = await scene.bash(line, { AWS_PROFILE: "mySessionProfile" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(output);
  });
}

manual("aws-login getcallerid reports the current identity, if there is one", async (scene) => {
  const nothing = await scene.bash("aws-login getcallerid");
  expect(nothing.status).toBe(3);
  expect(nothing.stdout).toBe("");
  expect(nothing.stderr).toStartWith("aws-login: error: no credentials found\n");

  const ana = await scene.bash("aws-login getcallerid", ANA);
  const userId = scene.standIn.world.session(SAMPLE_KEYS.ana.accessKeyId)?.userId ?? "";
  const arn = "arn:aws:iam::111111111111:user/ana";
  expect(ana).toEqual({ status: 0, stdout: callerText(userId, "111111111111", arn), stderr: "" });

  const profile = await scene.bash("aws-login getcallerid", { AWS_PROFILE: "mySessionProfile" });
  expect(profile).toEqual({ status: 0, stdout: callerOf(scene.standIn, STARTING), stderr: "" });
});

manual("source <(aws-login dumpcreds …) assumes the identity in this shell", async (scene) => {
  const role = "--assume-roles arn:aws:iam::222222222222:role/TargetRole";
  const line = `source <(aws-login dumpcreds ${role})\naws-login getcallerid\necho "$AWS_ACCESS_KEY_ID" >&2`;
  const { status, stdout, stderr } = await scene.bash(line, ANA);
  expect({ status, stdout }).toEqual({ status: 0, stdout: callerOf(scene.standIn, TARGET) });
  expect(stderr).toMatch(/^ASIA[A-Z2-7]{16}\n$/);
  expect(scene.standIn.requests.map(({ action, caller }) => [action, caller])).toEqual([
    ["AssumeRole", "arn:aws:iam::111111111111:user/ana"],
    ["GetCallerIdentity", "arn:aws:sts::222222222222:assumed-role/TargetRole/aws-login"],
  ]);
});

manual("unset … leaves no identity behind", async (scene) => {
  const line = `source <(aws-login dumpcreds --profile mySessionProfile)
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
aws-login getcallerid 2> /dev/null`;
  expect(await scene.bash(line)).toEqual({ status: 3, stdout: "", stderr: "" });
});

/** Stands for the programs that the manual runs: tells what it was asked and as whom. */
const program =
  '#!/bin/sh\necho "$(basename "$0")" "$@" in "$AWS_DEFAULT_REGION"\nexec aws-login getcallerid\n';

manual('runas --command "aws eks list-clusters" --region us-east-2 runs it as the role', async (scene) => {
  await scene.write("bin/aws", program, 0o755);
  const line =
    'aws-login runas --assume-roles "arn:aws:iam::222222222222:role/OperatorRole" --command "aws eks list-clusters" --region us-east-2';
  const stdout = `aws eks list-clusters in us-east-2\n${callerOf(scene.standIn, OPERATOR)}`;
  expect(await scene.bash(line, ANA)).toEqual({ status: 0, stdout, stderr: "" });
});

manual(
  'runas --profile "myStartingRole" --command "MyProgramUsingAwsApi" runs it as the role',
  async (scene) => {
    await scene.write("bin/MyProgramUsingAwsApi", program, 0o755);
    const line =
      'aws-login runas --profile "myStartingRole" --assume-roles "arn:aws:iam::222222222222:role/OperatorRole" --command "MyProgramUsingAwsApi"';
    const stdout = `MyProgramUsingAwsApi in \n${callerOf(scene.standIn, OPERATOR)}`;
    expect(await scene.bash(line)).toEqual({ status: 0, stdout, stderr: "" });
  },
);

manual("runas runs several commands in one --command", async (scene) => {
  const line = `aws-login runas --profile mySessionProfile --command '
rolename=$(echo "AppDeveloperRole-7")
test -z "$rolename" && exit 1
echo "$rolename"
aws-login getcallerid
'`;
  const stdout = `AppDeveloperRole-7\n${callerOf(scene.standIn, STARTING)}`;
  expect(await scene.bash(line)).toEqual({ status: 0, stdout, stderr: "" });
});

manual("dumpcreds --credential-helper prints what credential_process expects", async (scene) => {
  const { status, stdout, stderr } = await scene.bash(
    'aws-login dumpcreds --credential-helper --profile "mySessionProfile"',
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^\{[^\n]*\}\n$/);
  expect(JSON.parse(stdout)).toEqual({
    Version: 1,
    AccessKeyId: expect.stringMatching(/^ASIA/),
    SecretAccessKey: expect.any(String),
    SessionToken: expect.any(String),
    Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    AccountId: "111111111111",
  });
});
