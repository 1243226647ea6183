import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf, keyLines, keyVariables } from "./support/identities.ts";
import { scenario } from "./support/scene.ts";

scenario(
  "getcallerid prints UserId, Account and Arn in that order, indented by four spaces",
  async (scene) => {
    const { status, stdout, stderr } = await scene.run(["getcallerid"], ANA);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^\{\n {4}"UserId": "AIDA[A-Z2-7]{17}",\n {4}"Account": "111111111111",\n {4}"Arn": "arn:aws:iam::111111111111:user\/ana"\n\}\n$/,
    );
  },
);

scenario("getcallerid keeps the zero that an account id begins with", async (scene) => {
  const ended = await scene.run(["getcallerid", "--assume-roles", SAMPLE_ROLES.reader], ANA);
  expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, SAMPLE_ROLES.reader), stderr: "" });
  expect(ended.stdout).toContain('"Account": "012345678901"');
});

const profiles = `[default]
region = eu-central-1

[profile jump]
role_arn = ${SAMPLE_ROLES.jump}
source_profile = ana
role_session_name = from-the-file

[profile hop]
role_arn = ${SAMPLE_ROLES.relay}
source_profile = jump

[profile env]
role_arn = ${SAMPLE_ROLES.jump}
credential_source = Environment
`;

/** How a profile may be named, and who that is. */
const starts: Record<
  string,
  { args?: string[]; env?: Record<string, string>; role: string; session?: string }
> = {
  "--profile": { args: ["--profile", "jump"], role: SAMPLE_ROLES.jump, session: "from-the-file" },
  AWS_PROFILE: { env: { AWS_PROFILE: "jump" }, role: SAMPLE_ROLES.jump, session: "from-the-file" },
  AWS_DEFAULT_PROFILE: { env: { AWS_DEFAULT_PROFILE: "hop" }, role: SAMPLE_ROLES.relay },
  "--profile before AWS_PROFILE and the environment's keys": {
    args: ["--profile", "hop"],
    env: { AWS_PROFILE: "jump", ...keyVariables(SAMPLE_KEYS.mei) },
    role: SAMPLE_ROLES.relay,
  },
  "credential_source = Environment": { args: ["--profile", "env"], env: ANA, role: SAMPLE_ROLES.jump },
};

for (const [name, { args = [], env = {}, role, session }] of Object.entries(starts)) {
  scenario(`getcallerid starts from ${name}`, async (scene) => {
    await scene.write("home/.aws/config", profiles);
    await scene.write("home/.aws/credentials", `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`);
    const stdout = callerOf(scene.standIn, role, session);
    expect(await scene.run(["getcallerid", ...args], env)).toEqual({ status: 0, stdout, stderr: "" });
  });
}

scenario(
  "getcallerid takes the environment's keys before the default profile's, and the profile's region",
  async (scene) => {
    await scene.write("home/.aws/config", profiles);
    const ended = await scene.run(["getcallerid"], ANA);
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
    expect(scene.standIn.requests.map(({ host }) => host)).toEqual(["sts.eu-central-1.amazonaws.com"]);
  },
);

/** The exchanges of long-term keys, and who one is afterwards. */
const exchanges: Record<string, { readonly args: string[]; readonly arn: string; readonly action: string }> =
  {
    "--get-session-token": {
      args: ["--get-session-token"],
      arn: "arn:aws:iam::111111111111:user/ana",
      action: "GetSessionToken",
    },
    "--get-federation-token": {
      args: ["--get-federation-token", "--role-session-name", "me@example.com"],
      arn: "arn:aws:sts::111111111111:federated-user/me@example.com",
      action: "GetFederationToken",
    },
  };

for (const [name, { args, arn, action }] of Object.entries(exchanges)) {
  scenario(`getcallerid ${name} exchanges long-term keys first`, async (scene) => {
    const { status, stdout, stderr } = await scene.run(["getcallerid", ...args, "--duration", "900"], ANA);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout).Arn).toBe(arn);
    const [first, second] = scene.standIn.requests;
    expect([first?.action, first?.form.DurationSeconds, second?.action]).toEqual([
      action,
      "900",
      "GetCallerIdentity",
    ]);
    expect(second?.accessKeyId).toStartWith("ASIA");
  });

  scenario(`getcallerid ${name} refuses temporary keys before any call, with the reason`, async (scene) => {
    const ended = await scene.run(["getcallerid", ...args], { ...ANA, AWS_SESSION_TOKEN: "made-up" });
    expect(ended).toEqual({
      status: 1,
      stdout: "",
      stderr: `aws-login: error: cannot use ${name}: it needs the long-term keys of a user, and these are temporary credentials (they have a session token)
aws-login: hint: leave ${name} out: these credentials are temporary already
`,
    });
    expect(scene.standIn.connections).toEqual([]);
  });
}
