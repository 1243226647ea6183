import { expect } from "bun:test";
import { SAMPLE_IDENTITY_CENTER } from "../stand-in/sample-identity-center.ts";
import { SAMPLE_ROLES, SAMPLE_WORLD } from "../stand-in/sample-world.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { role, startUrl, tokenFile } from "./support/sign-ins.ts";

/** Portals outside the partition `aws`, and the hosts that may see their tokens and credentials. */
const portals = {
  "us-gov-west-1": {
    portal: "portal.sso.us-gov-west-1.amazonaws.com",
    sts: "sts.us-gov-west-1.amazonaws.com",
    signIn: "https://signin.amazonaws-us-gov.com/",
  },
  "cn-north-1": {
    portal: "portal.sso.cn-north-1.amazonaws.com.cn",
    sts: "sts.cn-northwest-1.amazonaws.com.cn",
    signIn: "https://signin.amazonaws.cn/",
  },
};

const hosts = (scene: Scene) => [...new Set(scene.standIn.requests.map(({ host }) => host))];

for (const [region, expected] of Object.entries(portals)) {
  const world = { ...SAMPLE_WORLD, identityCenters: [{ ...SAMPLE_IDENTITY_CENTER, region }] };
  const ways: Record<string, (scene: Scene) => Promise<string[]>> = {
    "a token of the own cache": async (scene) => {
      const file = await scene.write("token.json", tokenFile(scene.standIn.signIn(), 3600));
      await scene.run(["importcache", "--accesstoken-cache", file]);
      return ["--use-cache"];
    },
    "a token of the own cache, by its start URL": async (scene) => {
      const file = await scene.write("token.json", tokenFile(scene.standIn.signIn(), 3600));
      await scene.run(["importcache", "--accesstoken-cache", file]);
      return ["--use-cache", "--start-url", startUrl];
    },
    "a token file": async (scene) => [
      "--accesstoken-cache",
      await scene.write("token.json", tokenFile(scene.standIn.signIn(), 3600)),
    ],
    "a given token with --sso-region": async (scene) => [
      ...["--sso-access-token", scene.standIn.signIn().accessToken],
      ...["--sso-region", region],
    ],
  };
  for (const [way, prepare] of Object.entries(ways)) {
    scenario(
      `the credentials of ${way} of ${region} go to its partition alone`,
      async (scene) => {
        const options = [...(await prepare(scene)), ...role];
        const caller = await scene.run(["getcallerid", ...options]);
        expect([caller.status, caller.stderr]).toEqual([0, ""]);
        expect(hosts(scene)).toEqual([expected.portal, expected.sts]);
        const console = await scene.run(["console", "--no-browser", ...options]);
        expect([console.status, console.stderr]).toEqual([0, ""]);
        expect(console.stdout).toStartWith(expected.signIn);
      },
      { world },
    );
  }
}

scenario(
  "a role of another partition than the portal's is refused before any request",
  async (scene) => {
    await scene.write(
      "home/.aws/config",
      `[profile g]\nsso_start_url = ${startUrl}\nsso_region = us-gov-west-1\nsso_account_id = 012345678901\nsso_role_name = ReadOnlyAccess\n`,
    );
    const ended = await scene.run(["getcallerid", "--profile", "g", "--assume-roles", SAMPLE_ROLES.jump]);
    expect([ended.status, ended.stdout]).toEqual([1, ""]);
    expect(ended.stderr).toStartWith(
      `aws-login: error: cannot assume role ${SAMPLE_ROLES.jump}: it belongs to the partition aws, and the credentials of profile g (`,
    );
    expect(hosts(scene)).toEqual([]);
  },
  { world: { ...SAMPLE_WORLD, identityCenters: [{ ...SAMPLE_IDENTITY_CENTER, region: "us-gov-west-1" }] } },
);
