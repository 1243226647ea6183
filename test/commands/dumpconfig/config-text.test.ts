import { expect, test } from "bun:test";
import { configSections } from "../../../src/commands/dumpconfig/config-sections.ts";
import { configText } from "../../../src/commands/dumpconfig/config-text.ts";

const session = {
  name: "my-sso",
  region: "us-east-1",
  startUrl: "https://d-987654321d.awsapps.com/start",
};

test("configText() prints the portal and a profile for each role", () => {
  const text = configText(
    configSections({
      session,
      region: undefined,
      accounts: [
        { accountId: "222222222222", accountName: "my-acct-2", roles: ["ReadOnlyAccess"] },
        { accountId: "111111111111", accountName: "my-acct-1", roles: ["AdministratorAccess"] },
      ],
      targets: [],
    }),
  );
  expect(text).toBe(`# This is your Identity Center portal entry...
[sso-session my-sso]
sso_region = us-east-1
sso_start_url = https://d-987654321d.awsapps.com/start
sso_registration_scopes = sso:account:access

# Profiles for your discovered access...
[profile my-acct-1-AdministratorAccess]
sso_session = my-sso
sso_account_id = 111111111111
sso_role_name = AdministratorAccess
#region = us-east-1

[profile my-acct-2-ReadOnlyAccess]
sso_session = my-sso
sso_account_id = 222222222222
sso_role_name = ReadOnlyAccess
#region = us-east-1
`);
});

test("configText() prints target profiles after the others, and the region that was asked for", () => {
  const text = configText(
    configSections({
      session: { ...session, startUrl: undefined },
      region: "eu-west-1",
      accounts: [{ accountId: "111111111111", accountName: "jump", roles: ["Ops"] }],
      targets: [
        {
          sourceAccountId: "111111111111",
          sourceRoleName: "Ops",
          targetArn: "arn:aws:iam::222222222222:role/Deploy",
          accountId: "222222222222",
          resource: "role/Deploy",
          accountName: "prod",
          region: undefined,
          where: "target 1",
        },
      ],
    }),
  );
  expect(text).toBe(`# This is your Identity Center portal entry...
[sso-session my-sso]
sso_region = us-east-1
# sso_start_url = https://YOUR.START.URL.HERE
sso_registration_scopes = sso:account:access

# Profiles for your discovered access...
[profile jump-Ops]
sso_session = my-sso
sso_account_id = 111111111111
sso_role_name = Ops
region = eu-west-1

# Profiles for your target roles...
[profile prod-Deploy]
source_profile = jump-Ops
role_arn = arn:aws:iam::222222222222:role/Deploy
role_session_name = aws-login
region = eu-west-1
`);
});

test("configText() has no heading for profiles when there are none", () => {
  const text = configText(configSections({ session, region: undefined, accounts: [], targets: [] }));
  expect(text.split("\n")).toHaveLength(6);
});
