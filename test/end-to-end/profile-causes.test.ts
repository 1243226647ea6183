import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf, keyLines } from "./support/identities.ts";
import { scenario } from "./support/scene.ts";
import { role, sessionToken, config as ssoConfig, startUrl, tokenFile } from "./support/sign-ins.ts";
import { masked, stderrText } from "./support/stderr-text.ts";

const { jump, deploy, guarded, ring } = SAMPLE_ROLES;
const ana = `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`;

interface Cause {
  /** The lines of `[profile dev]`. */
  readonly lines: string;
  readonly why: string;
  readonly hints: readonly string[];
}

const empty: Record<string, Cause> = {
  "source_profile without role_arn": {
    lines: "source_profile = ana\n",
    why: "has source_profile (CONFIG:2) and no role_arn",
    hints: ["add role_arn = ARN, the role to assume", "for the credentials of ana itself: --profile ana"],
  },
  "settings of aws-azure-login": {
    lines: "azure_tenant_id = t\nazure_app_id_uri = a\n",
    why: "is a profile of aws-azure-login (azure_tenant_id (CONFIG:2)), which has stored no keys for it",
    hints: ["let that tool store keys with: aws-azure-login --profile dev"],
  },
  "settings of aws-google-auth": {
    lines: "google_config.google_idp_id = C0\ngoogle_config.ask_role = False\n",
    why: "is a profile of aws-google-auth (google_config.google_idp_id (CONFIG:2)), which has stored no keys for it",
    hints: ["let that tool store keys with: aws-google-auth --profile dev"],
  },
  "a session with neither account nor role": {
    lines: "sso_session = corp\n",
    why: "names Identity Center (CONFIG:2), and neither sso_account_id nor sso_role_name",
    hints: [
      "choose an account and role with: aws configure sso --profile dev",
      "or name them here with --sso-acct-id and --sso-role-name",
    ],
  },
};

for (const [what, { lines, why, hints }] of Object.entries(empty)) {
  scenario(`a profile with ${what} is an error that names the cause`, async (scene) => {
    const file = await scene.write("home/.aws/config", `[profile dev]\n${lines}`);
    const ended = await scene.run(["getcallerid", "--profile", "dev"]);
    const error = `cannot use profile dev: it ${why.replace("CONFIG", file)}`;
    expect(ended).toEqual({ status: 3, stdout: "", stderr: stderrText({ error, hints }) });
    // In the default chain the same cause is listed, and its hint comes first.
    const chain = await scene.run(["getcallerid"], { AWS_PROFILE: "dev" });
    expect([chain.status, chain.stdout]).toEqual([3, ""]);
    expect(chain.stderr).toContain(`note: profile dev: it ${why.replace("CONFIG", file)}\n`);
    expect(chain.stderr).toContain(`aws-login: hint: ${hints[0]}\n`);
  });
}

scenario(
  "mfa_serial of the profile that holds the keys is used for steps of the command line",
  async (scene) => {
    await scene.write("home/.aws/config", `[profile ana]\nmfa_serial = ${SAMPLE_MFA.serialNumber}\n`);
    await scene.write("home/.aws/credentials", ana);
    const code = scene.standIn.world.mfaCode(SAMPLE_MFA.serialNumber) ?? "";
    const words = ["getcallerid", "--profile", "ana", "--assume-roles", guarded, "--mfa-token", code];
    const stdout = callerOf(scene.standIn, guarded);
    expect(await scene.run(words)).toEqual({ status: 0, stdout, stderr: "" });
  },
);

scenario(
  "keys of the credentials file that STS refuses are named with the process that they shadow",
  async (scene) => {
    const file = await scene.write("home/.aws/config", "[profile dev]\ncredential_process = helper\n");
    const wrong = { ...SAMPLE_KEYS.ana, accessKeyId: "AKIAUNKNOWN000000000" };
    await scene.write("home/.aws/credentials", `[dev]\n${keyLines(wrong)}`);
    const ended = await scene.run(["getcallerid", "--profile", "dev"]);
    expect([ended.status, ended.stdout]).toEqual([1, ""]);
    expect(ended.stderr).toContain("InvalidClientTokenId");
    expect(ended.stderr).toContain(`; without the static keys credential_process (${file}:2) applies\n`);
  },
);

scenario("keys that an opt-in region does not know: the hint names region and host", async (scene) => {
  const env = { ...ANA, AWS_ACCESS_KEY_ID: "AKIAUNKNOWN000000000", AWS_REGION: "af-south-1" };
  const ended = await scene.run(["getcallerid"], env);
  expect([ended.status, ended.stdout]).toEqual([1, ""]);
  expect(ended.stderr).toContain(
    "hint: sts.af-south-1.amazonaws.com also responds so when af-south-1 is not enabled for the account: enable the region, or choose another with --region\n",
  );
});

scenario("duration_seconds = 12h is ignored with a warning that says what to write", async (scene) => {
  const config = `[profile dev]\nrole_arn = ${jump}\nsource_profile = ana\nduration_seconds = 12h\n`;
  const file = await scene.write("home/.aws/config", config);
  await scene.write("home/.aws/credentials", ana);
  expect(await scene.run(["getcallerid", "--profile", "dev"])).toEqual({
    status: 0,
    stdout: callerOf(scene.standIn, jump),
    stderr: `aws-login: warning: the duration_seconds of profile dev (${file}:4) is ignored, for it is not a number of seconds: write duration_seconds = 43200\n`,
  });
});

scenario("seconds above the role's maximum: the hint names the line to lower", async (scene) => {
  const config = `[profile dev]\nrole_arn = ${ring}\nsource_profile = ana\nduration_seconds = 43200\n`;
  const file = await scene.write("home/.aws/config", config);
  await scene.write("home/.aws/credentials", ana);
  const ended = await scene.run(["getcallerid", "--profile", "dev"]);
  expect([ended.status, ended.stdout]).toEqual([1, ""]);
  expect(masked(ended.stderr)).toEndWith(
    `aws-login: hint: lower duration_seconds (${file}:4), which asks for 43200 seconds, or raise the maximum session duration of Ring\n`,
  );
});

scenario(
  "an element of --assume-roles that is not an ARN is reported before any other fault",
  async (scene) => {
    const words = ["getcallerid", "--assume-roles", `${jump},arn:aws:iam::22:role/Short,${deploy}`];
    const expected = {
      status: 2,
      stdout: "",
      stderr: stderrText({
        error:
          'cannot use role 2 of --assume-roles as a role to assume: "arn:aws:iam::22:role/Short": its account id is not twelve digits',
        hints: ["write the account id in full, leading zeros included"],
      }),
    };
    // There are no credentials, and then a profile that does not exist.
    expect(await scene.run(words)).toEqual(expected);
    expect(await scene.run([...words, "--profile", "gone"])).toEqual(expected);
  },
);

const portalProfiles: Record<string, [config: string, words: string[]]> = {
  "of [default], by --profile default": [
    `[default]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\n`,
    ["--profile", "default"],
  ],
  "of [default]": [`[default]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\n`, []],
  "of the session of --profile": [ssoConfig, ["--profile", "s"]],
};
for (const [whose, [config, words]] of Object.entries(portalProfiles)) {
  scenario(`an account and role of the command line are asked for in the portal ${whose}`, async (scene) => {
    await scene.write("home/.aws/config", config);
    const token = tokenFile(scene.standIn.signIn(), 3600);
    await scene.write(sessionToken, token);
    const legacy = new Bun.CryptoHasher("sha1").update(startUrl).digest("hex");
    await scene.write(`home/.aws/sso/cache/${legacy}.json`, token);
    const ended = await scene.run(["getcallerid", ...words, ...role]);
    expect([ended.status, ended.stderr]).toEqual([0, ""]);
    expect(JSON.parse(ended.stdout).Account).toBe("012345678901");
  });
}
