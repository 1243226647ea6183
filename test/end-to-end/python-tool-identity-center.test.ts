import { expect } from "bun:test";
import { SAMPLE_WORLD } from "../stand-in/sample-world.ts";
import type { SignedIn } from "../stand-in/sign-in-desk.ts";
import type { WorldPlan } from "../stand-in/world/plan.ts";
import { type FakeBrowser, fakeBrowser } from "./support/browser.ts";
import { type Scene, scenario } from "./support/scene.ts";

/** The command lines of the Python tool's manual that start from Identity Center, letter for letter. */

const trusts = ["arn:aws:iam::111111111111:root"];

const world: WorldPlan = {
  ...SAMPLE_WORLD,
  roles: [
    { account: "111111111111", name: "IntermediateRole", trusts },
    { account: "222222222222", name: "TargetRole", trusts },
  ],
  identityCenters: [
    {
      startUrl: "https://d-987654321d.awsapps.com/start",
      region: "us-east-1",
      user: "ima.user@my.org",
      accounts: [
        {
          id: "111111111111",
          name: "my-acct-1",
          roles: [{ name: "SSO_TargetRole" }, { name: "SSO_SourceRole" }, { name: "PowerUserAccess" }],
        },
      ],
    },
  ],
};

const target = "arn:aws:sts::222222222222:assumed-role/TargetRole/aws-login";

/** The session that Identity Center gives for a permission set. */
const session = (role: string) =>
  `arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_${role}_HASH/ima.user@my.org`;
const withoutHash = (text: string) => text.replace(/_[0-9a-f]{16}\//, "_HASH/");

/** What the program says when it sends the person to the browser: the address is no secret. */
const opening =
  /^aws-login: opening a browser at [^\n]* https:\/\/oidc\.us-east-1\.amazonaws\.com\/authorize\?\S+\n$/;
const silence = /^$/;

/** A scene in which the portal approves every sign-in, with the manual's two aliases as programs. */
function manual(name: string, play: (scene: Scene, browser: FakeBrowser) => Promise<void>): void {
  const options = { world, signInSettings: { autoApprove: true } };
  scenario(
    name,
    async (scene) => {
      const signedIn = scene.standIn.signIn();
      const file = await scene.write("home/.aws/sso/cache/token.json", tokenFile(signedIn));
      const token = `#!/bin/sh\necho ${signedIn.accessToken}\n`;
      await scene.write("bin/get-aws-oidc-accessToken", token, 0o755);
      await scene.write("bin/get-aws-oidc-accessToken-cache", `#!/bin/sh\necho ${file}\n`, 0o755);
      await play(scene, await fakeBrowser(scene));
    },
    options,
  );
}

/** A sign-in as the AWS CLI keeps it. */
function tokenFile(signedIn: SignedIn): string {
  const { expiresAt, registrationExpiresAt, ...others } = signedIn;
  const time = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
  const times = { expiresAt: time(expiresAt), registrationExpiresAt: time(registrationExpiresAt) };
  return JSON.stringify({ ...others, ...times });
}

/** Each line with what stderr says, and who the console is opened as. */
const consoles: Record<string, readonly [RegExp, string]> = {
  'aws-login console --start-url "https://d-987654321d.awsapps.com/start" --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"':
    [opening, session("SSO_TargetRole")],
  'aws-login console --sso-access-token $(get-aws-oidc-accessToken) --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"':
    [silence, session("SSO_TargetRole")],
  'aws-login console --start-url "https://d-987654321d.awsapps.com/start" --sso-acct-id 111111111111 --sso-role-name "SSO_SourceRole" --assume-roles "arn:aws:iam::222222222222:role/TargetRole"':
    [opening, target],
  'aws-login console --start-url "https://d-987654321d.awsapps.com/start" --sso-acct-id 111111111111 --sso-role-name "SSO_SourceRole" --assume-roles "arn:aws:iam::111111111111:role/IntermediateRole, arn:aws:iam::222222222222:role/TargetRole"':
    [opening, target],
  'aws-login console --sso-access-token $(get-aws-oidc-accessToken) --sso-acct-id 111111111111 --sso-role-name "SSO_SourceRole" --assume-roles "arn:aws:iam::222222222222:role/TargetRole"':
    [silence, target],
  'aws-login console --sso-access-token $(get-aws-oidc-accessToken) --sso-acct-id 111111111111 --sso-role-name "SSO_SourceRole" --assume-roles "arn:aws:iam::111111111111:role/IntermediateRole, arn:aws:iam::222222222222:role/TargetRole"':
    [silence, target],
  'aws-login console --use-cache --start-url "https://d-987654321d.awsapps.com/start" --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"':
    [opening, session("SSO_TargetRole")],
  'aws-login console --accesstoken-cache file://$(get-aws-oidc-accessToken-cache) --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"':
    [silence, session("SSO_TargetRole")],
};

for (const [line, [stderr, arn]] of Object.entries(consoles)) {
  manual(`${line} opens the console`, async (scene, browser) => {
    const ended = await scene.bash(line, { BROWSER: browser.command });
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 0, stdout: "" });
    expect(ended.stderr).toMatch(stderr);
    await browser.shows("Signed in as ");
    const grants = [...scene.standIn.world.signinGrants.values()];
    expect(grants.map((grant) => withoutHash(grant.session.arn))).toEqual([arn]);
  });
}

manual("console --use-cache without a portal goes on with the one signed in to", async (scene, browser) => {
  const open = 'aws-login console --use-cache --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"';
  const env = { BROWSER: browser.command };
  const first = await scene.bash(
    'aws-login console --use-cache --start-url "https://d-987654321d.awsapps.com/start" --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"',
    env,
  );
  expect(first.stderr).toMatch(opening);
  expect(await scene.bash(open, env)).toEqual({ status: 0, stdout: "", stderr: "" });
  await browser.shows("Signed in as ");
});

manual(
  "console --no-browser prints the console's URL after a sign-in without a browser of its own",
  async (scene) => {
    const line =
      'aws-login console --no-browser --start-url "https://d-987654321d.awsapps.com/start" --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"';
    const { status, stdout, stderr } = await scene.bash(line);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/ this code:\n {4}\S+\naws-login: waiting [^\n]*\n$/),
    });
    expect(stdout).toMatch(/^https:\/\/signin\.aws\.amazon\.com\/federation\?Action=login&\S+\n$/);
  },
);

const getcallerid =
  'aws-login getcallerid --start-url "https://d-987654321d.awsapps.com/start" --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"';

manual(`${getcallerid} shows the identity that one would acquire`, async (scene, browser) => {
  const { status, stdout, stderr } = await scene.bash(getcallerid, { BROWSER: browser.command });
  expect(status).toBe(0);
  expect(stderr).toMatch(opening);
  expect(withoutHash(JSON.parse(stdout).Arn)).toBe(session("SSO_TargetRole"));
  expect(JSON.parse(stdout).UserId).toEndWith(":ima.user@my.org");
});

manual(
  "source <(aws-login dumpcreds --start-url …) assumes the identity, a sign-in included",
  async (scene, browser) => {
    const line = `source <(${getcallerid.replace("getcallerid", "dumpcreds")})\naws-login getcallerid`;
    const { status, stdout, stderr } = await scene.bash(line, { BROWSER: browser.command });
    expect(status).toBe(0);
    expect(stderr).toMatch(opening);
    expect(withoutHash(JSON.parse(stdout).Arn)).toBe(session("SSO_TargetRole"));
  },
);

manual(
  "runas --sso-access-token $(get-aws-oidc-accessToken) … runs the command as the role",
  async (scene) => {
    const line =
      'aws-login runas --sso-access-token $(get-aws-oidc-accessToken) --sso-acct-id 111111111111 --sso-role-name "PowerUserAccess" --command "aws-login getcallerid; env | grep REGION" --region us-east-2';
    const { status, stdout, stderr } = await scene.bash(line);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(withoutHash(stdout)).toContain(`"Arn": "${session("PowerUserAccess")}"\n}\n`);
    expect(stdout).toContain("AWS_DEFAULT_REGION=us-east-2\n");
  },
);

manual("importcache imports a token file, and --use-cache uses it", async (scene) => {
  const imported = await scene.bash(
    "aws-login importcache --accesstoken-cache file://$(get-aws-oidc-accessToken-cache)",
  );
  expect({ status: imported.status, stdout: imported.stdout }).toEqual({ status: 0, stdout: "" });
  expect(imported.stderr).toMatch(/^aws-login: [^\n]*https:\/\/d-987654321d\.awsapps\.com\/start[^\n]*\n$/);
  const line =
    'aws-login getcallerid --use-cache --sso-acct-id 111111111111 --sso-role-name "PowerUserAccess"';
  const { status, stdout, stderr } = await scene.bash(line);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(withoutHash(JSON.parse(stdout).Arn)).toBe(session("PowerUserAccess"));
});

manual("runas --use-cache runs a script of several commands as the role", async (scene) => {
  await scene.write(
    "bin/aws",
    `#!/bin/sh
case "$2" in
  list-roles) echo AppDeveloperRole-7 ;;
  *) echo "$@"; aws-login getcallerid ;;
esac
`,
    0o755,
  );
  await scene.bash("aws-login importcache --accesstoken-cache file://$(get-aws-oidc-accessToken-cache)");
  const line = `aws-login runas --use-cache --sso-acct-id 111111111111 --sso-role-name "PowerUserAccess" --command '
rolename=$(aws iam list-roles)
test -z "$rolename" && exit 1
echo "$rolename"
aws iam tag-role  --role-name "$rolename" --tags "Key=OwnedBy, Value=Development"
'`;
  const { status, stdout, stderr } = await scene.bash(line);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toStartWith(
    "AppDeveloperRole-7\niam tag-role --role-name AppDeveloperRole-7 --tags Key=OwnedBy, Value=Development\n",
  );
  expect(withoutHash(stdout)).toContain(session("PowerUserAccess"));
});

const portalOptions =
  '--start-url "https://d-987654321d.awsapps.com/start" --sso-session-name "my-sso" --sso-region "us-east-1"';

const config = `# This is your Identity Center portal entry...
[sso-session my-sso]
sso_region = us-east-1
sso_start_url = https://d-987654321d.awsapps.com/start
sso_registration_scopes = sso:account:access

# Profiles for your discovered access...
${["PowerUserAccess", "SSO_SourceRole", "SSO_TargetRole"]
  .map(
    (role) => `[profile my-acct-1-${role}]
sso_session = my-sso
sso_account_id = 111111111111
sso_role_name = ${role}
#region = us-east-1
`,
  )
  .join("\n")}`;

const configs: Record<string, RegExp> = {
  [`aws-login dumpconfig ${portalOptions}`]: opening,
  [`aws-login dumpconfig --sso-access-token $(get-aws-oidc-accessToken) ${portalOptions}`]: silence,
  [`aws-login dumpconfig --use-cache ${portalOptions}`]: opening,
};

for (const [line, said] of Object.entries(configs)) {
  manual(`${line} prints a profile for every role`, async (scene, browser) => {
    const { status, stdout, stderr } = await scene.bash(line, { BROWSER: browser.command });
    expect({ status, stdout }).toEqual({ status: 0, stdout: config });
    expect(stderr).toMatch(said);
  });
}
