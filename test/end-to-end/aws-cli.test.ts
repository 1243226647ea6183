import { expect, test } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { awsCli, awsCliLimit } from "./support/aws-cli.ts";
import { ANA, callerOf, keyLines } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";

/** The AWS CLI and this program side by side: each must take from the other what it is given. */

function besideAwsCli(name: string, play: (scene: Scene) => Promise<void>): void {
  if (awsCli === undefined) test.skip(`${name} (AWS CLI version 2 is not installed)`, () => {});
  else scenario(name, play, { waits: true, limit: awsCliLimit });
}

/** Runs a command of the AWS CLI, JSON out. */
function aws(scene: Scene, command: string, env: Record<string, string> = {}) {
  return scene.bash(`${awsCli} ${command}`, { AWS_REGION: "us-east-1", AWS_PAGER: "", ...env });
}

const { jump, relay, deploy } = SAMPLE_ROLES;
const config = `[profile jump]
role_arn = ${jump}
source_profile = ana
role_session_name = tester

[profile hop]
role_arn = ${relay}
source_profile = jump
role_session_name = tester
`;

async function profiles(scene: Scene, more = ""): Promise<void> {
  await scene.write("home/.aws/config", config + more);
  await scene.write("home/.aws/credentials", `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`);
}

besideAwsCli("the AWS CLI acts as the role that credential_process hands over", async (scene) => {
  const helper = `${scene.bin}/aws-login dumpcreds --credential-helper --profile ana --assume-roles ${jump},${relay},${deploy}`;
  await profiles(scene, `\n[profile helped]\ncredential_process = ${helper}\n`);
  const { status, stdout, stderr } = await aws(scene, "sts get-caller-identity --profile helped");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual(JSON.parse(callerOf(scene.standIn, deploy)));
});

besideAwsCli(
  "the AWS CLI passes a failure of credential_process on, and uses no other source",
  async (scene) => {
    const helper = `${scene.bin}/aws-login dumpcreds --credential-helper --profile none`;
    await profiles(scene, `\n[profile helped]\ncredential_process = ${helper}\n`);
    const { status, stdout, stderr } = await aws(scene, "sts get-caller-identity --profile helped", ANA);
    expect(status).not.toBe(0);
    expect(stdout).toBe("");
    expect(stderr).toContain("aws-login: error: cannot use profile none");
    expect(scene.standIn.requests).toEqual([]);
  },
);

besideAwsCli("the AWS CLI acts as the role when runas runs it", async (scene) => {
  const args = ["runas", "--assume-roles", `${jump},${relay}`, "--region", "eu-west-1", "--"];
  const cli = [awsCli ?? "", "sts", "get-caller-identity", "--output", "json"];
  const ended = await scene.run([...args, ...cli], { ...ANA, AWS_PROFILE: "" });
  expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, relay), stderr: "" });
  expect(scene.standIn.requests.at(-1)?.host).toBe("sts.eu-west-1.amazonaws.com");
});

besideAwsCli("the AWS CLI takes what dumpcreds printed", async (scene) => {
  const line = `source <(aws-login dumpcreds --assume-roles ${jump})\n${awsCli} sts get-caller-identity`;
  const ended = await scene.bash(line, { ...ANA, AWS_REGION: "us-east-1" });
  expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, jump), stderr: "" });
});

for (const start of ["--profile ana", "--profile jump", "--profile hop"]) {
  besideAwsCli(`the AWS CLI and getcallerid print the same for ${start}`, async (scene) => {
    await profiles(scene);
    const [theirs, ours] = await Promise.all([
      aws(scene, `sts get-caller-identity ${start}`),
      scene.run(["getcallerid", ...start.split(" ")]),
    ]);
    expect(theirs).toEqual({ status: 0, stdout: ours.stdout, stderr: "" });
    expect(ours).toEqual({ ...theirs, status: 0 });
  });
}

besideAwsCli("the stand-in understands the AWS CLI's own assume-role", async (scene) => {
  const role = `--role-arn ${jump} --role-session-name aws-login --duration-seconds 900`;
  const { status, stdout, stderr } = await aws(scene, `sts assume-role ${role}`, ANA);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout).AssumedRoleUser.Arn).toBe(
    "arn:aws:sts::111111111111:assumed-role/Jump/aws-login",
  );
  const ours = await scene.run(["dumpcreds", "--assume-roles", jump, "--duration", "900"], ANA);
  expect(ours.status).toBe(0);
  const [cli, own] = scene.standIn.requests;
  expect(own?.form).toEqual({ ...cli?.form });
});
