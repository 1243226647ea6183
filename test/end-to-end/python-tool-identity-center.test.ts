import { expect } from "bun:test";
import { SAMPLE_WORLD } from "../stand-in/sample-world.ts";
import type { WorldPlan } from "../stand-in/world/plan.ts";
import { fakeBrowser } from "./support/browser.ts";
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

/** A scene in which whoever is sent to the portal is let in, with the manual's two aliases as programs. */
function manual(name: string, play: (scene: Scene, env: Record<string, string>) => Promise<void>): void {
  scenario(
    name,
    async (scene) => {
      const browser = await fakeBrowser(scene);
      const cache = `${scene.home}/.aws/sso/cache`;
      await scene.write("home/.aws/sso/cache/token.json", tokenFile(scene));
      await scene.write("bin/get-aws-oidc-accessToken", `#!/bin/sh\njq -r .accessToken ${cache}/token.json\n`, 0o755);
      await scene.write("bin/get-aws-oidc-accessToken-cache", `#!/bin/sh\necho ${cache}/token.json\n`, 0o755);
      await play(scene, { BROWSER: browser.command });
    },
    { world, signInSettings: { autoApprove: true } },
  );
}

/** A token file as the AWS CLI leaves it. */
function tokenFile({ standIn }: Scene): string {
  const { startUrl, region, accessToken, expiresAt, refreshToken, clientId, clientSecret, registrationExpiresAt } =
    standIn.signIn();
  const time = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
  return JSON.stringify({
    startUrl,
    region,
    accessToken,
    expiresAt: time(expiresAt),
    clientId,
    clientSecret,
    registrationExpiresAt: time(registrationExpiresAt),
    refreshToken,
  });
}

const lines = [
  'console --start-url "https://d-987654321d.awsapps.com/start" --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"',
  'console --no-browser --start-url "https://d-987654321d.awsapps.com/start" --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"',
  'console --sso-access-token $(get-aws-oidc-accessToken) --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"',
  'console --accesstoken-cache file://$(get-aws-oidc-accessToken-cache) --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"',
  'console --start-url "https://d-987654321d.awsapps.com/start" --sso-acct-id 111111111111 --sso-role-name "SSO_SourceRole" --assume-roles "arn:aws:iam::111111111111:role/IntermediateRole, arn:aws:iam::222222222222:role/TargetRole"',
  'dumpcreds --start-url "https://d-987654321d.awsapps.com/start" --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"',
  'getcallerid --start-url "https://d-987654321d.awsapps.com/start" --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"',
  'runas --sso-access-token $(get-aws-oidc-accessToken) --sso-acct-id 111111111111 --sso-role-name "PowerUserAccess" --command "aws sts get-caller-identity"',
  'importcache --accesstoken-cache file://$(get-aws-oidc-accessToken-cache)',
  'console --use-cache --start-url "https://d-987654321d.awsapps.com/start" --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"; aws-login getcallerid --use-cache --sso-acct-id 111111111111 --sso-role-name "SSO_TargetRole"',
];
for (const line of lines) manual(line, async (scene, env) => {
  const e = await scene.bash(`aws-login ${line}`, env);
  console.log(line, e.status, e.stdout.slice(0,400), e.stderr, scene.standIn.requests.map(r=>[r.service,r.path,r.status,r.action]));
  expect(1).toBe(1);
});
