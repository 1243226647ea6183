import { describe, expect, test } from "bun:test";
import { consoleProfile } from "../../../src/commands/login/console-profile.ts";
import { loadSharedConfig } from "../../../src/config/load.ts";
import { fakeSystem } from "../../support/fake-system.ts";

const session = "[sso-session one]\nsso_start_url = https://one.awsapps.com/start\nsso_region = us-east-1\n";
const profiles = `[profile portal]
sso_session = one
[profile plain]
region = eu-west-1
[profile signed]
login_session = arn:aws:iam::123456789012:user/Admin
[profile keys]
aws_access_key_id = AKIAX
aws_secret_access_key = made-up
`;

async function chosen(config: string, options: object, env: Record<string, string> = {}) {
  const system = fakeSystem({ home: "/home/me", env, files: { "/home/me/.aws/config": config } });
  return consoleProfile(options, await loadSharedConfig(system), system);
}

describe("consoleProfile()", () => {
  const config = session + profiles;
  const cases: Record<string, [string, object, Record<string, string>, string | undefined]> = {
    "the default profile where there is no config": ["", {}, {}, "default"],
    "the profile of AWS_PROFILE where the config names no portal": ["", {}, { AWS_PROFILE: "new" }, "new"],
    "none beside a start URL": ["", { startUrl: "https://x.awsapps.com/start" }, {}, undefined],
    "none beside a session": [config, { ssoSession: "one" }, {}, undefined],
    "none where there is one portal": [config, {}, {}, undefined],
    "none where the profile of AWS_PROFILE has no source and there is a portal": [
      config,
      {},
      { AWS_PROFILE: "plain" },
      undefined,
    ],
    "none where there are several portals": [
      `${config}[sso-session two]\nsso_start_url = https://two.awsapps.com/start\nsso_region = us-east-1\n`,
      {},
      {},
      undefined,
    ],
    "none for a profile with a portal": [config, { profile: "portal" }, {}, undefined],
    "none for a profile with another source": [config, { profile: "keys" }, {}, undefined],
    "a named profile without a source": [config, { profile: "plain" }, {}, "plain"],
    "a named profile that has such a sign-in": [config, { profile: "signed" }, {}, "signed"],
    "the profile of AWS_PROFILE that has such a sign-in": [config, {}, { AWS_PROFILE: "signed" }, "signed"],
    "a named profile that does not exist": [config, { profile: "console-admin" }, {}, "console-admin"],
    "none for a name that is nearly that of a profile": [config, { profile: "plian" }, {}, undefined],
  };
  for (const [name, [text, options, env, profile]] of Object.entries(cases)) {
    test(`consoleProfile() is ${name}`, async () => {
      expect(await chosen(text, options, env)).toBe(profile);
    });
  }
});
