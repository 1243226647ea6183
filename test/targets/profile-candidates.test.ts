import { expect, test } from "bun:test";
import { profileCandidates } from "../../src/targets/profile-candidates.ts";
import { sharedFrom } from "../config/from-text.ts";

const config = `[default]
region = eu-west-1
[profile s]
sso_session = my-sso
sso_account_id = 111111111111
sso_role_name = Admin
region = eu-west-1
[profile old]
sso_start_url = https://old.awsapps.com/start
sso_region = us-east-1
sso_account_id = 222222222222
sso_role_name = Reader
[profile sign-in-only]
sso_session = my-sso
[profile chained]
role_arn = arn:aws:iam::333333333333:role/team/Deploy
source_profile = s
[profile lost]
sso_session = gone
sso_account_id = 444444444444
sso_role_name = R
[sso-session my-sso]
sso_start_url = https://my.awsapps.com/start
sso_region = us-east-1
[profile broken]
role_arn = arn:aws:iam::333333333333:role/R
no equals sign
`;

test("profileCandidates() has each profile that yields credentials, with what it says of itself", () => {
  const found = profileCandidates(sharedFrom(config, "[keys]\naws_access_key_id = AKIAMADEUP\n"));
  expect(found).toEqual([
    {
      profile: "s",
      accountId: "111111111111",
      roleName: "Admin",
      startUrl: "https://my.awsapps.com/start",
      ssoSession: "my-sso",
      region: "eu-west-1",
      options: { profile: "s" },
    },
    {
      profile: "old",
      accountId: "222222222222",
      roleName: "Reader",
      startUrl: "https://old.awsapps.com/start",
      options: { profile: "old" },
    },
    { profile: "chained", accountId: "333333333333", roleName: "Deploy", options: { profile: "chained" } },
    {
      profile: "lost",
      accountId: "444444444444",
      roleName: "R",
      ssoSession: "gone",
      options: { profile: "lost" },
    },
    { profile: "broken", options: { profile: "broken" } },
    { profile: "keys", options: { profile: "keys" } },
  ]);
});

test("profileCandidates() reads ten thousand profiles without testing every header for each", () => {
  const many = Array.from({ length: 10_000 }, (_, at) => `[profile p${at}]\nsso_role_name = R\n`).join("");
  const begun = performance.now();
  expect(profileCandidates(sharedFrom(many))).toHaveLength(10_000);
  // A test of every header takes tens of seconds.
  expect(performance.now() - begun).toBeLessThan(5000);
});
