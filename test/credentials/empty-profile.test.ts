import { describe, expect, test } from "bun:test";
import { emptyProfile } from "../../src/credentials/empty-profile.ts";
import { configPath, profileOf } from "../config/from-text.ts";

const line2 = `${configPath}:2`;

describe("emptyProfile()", () => {
  const plain = { why: "holds no credentials", hints: ["give it some with: aws configure --profile p"] };
  test("emptyProfile() says that the profile is empty", () => {
    expect(emptyProfile("p", undefined)).toEqual(plain);
    expect(emptyProfile("p", profileOf("region = eu-west-3"))).toEqual(plain);
  });

  const causes: Record<string, [why: string, hint: string]> = {
    "sso_session = s": [
      `names Identity Center (${line2}), and neither sso_account_id nor sso_role_name`,
      "choose an account and role with: aws configure sso --profile p",
    ],
    "sso_start_url = https://d-1.awsapps.com/start": [
      `names Identity Center (${line2}), and neither sso_account_id nor sso_role_name`,
      "choose an account and role with: aws configure sso --profile p",
    ],
    "source_profile = my base": [
      `has source_profile (${line2}) and no role_arn`,
      "add role_arn = ARN, the role to assume",
    ],
    "credential_source = Environment": [
      `has credential_source (${line2}) and no role_arn`,
      "add role_arn = ARN, the role to assume",
    ],
    "include_profile = base": [
      `holds only include_profile (${line2}), which aws-vault alone reads`,
      "copy the settings of profile base into it",
    ],
    "azure_tenant_id = 00000000-0000-0000-0000-000000000000": [
      `is a profile of aws-azure-login (azure_tenant_id (${line2})), which has stored no keys for it`,
      "let that tool store keys with: aws-azure-login --profile p",
    ],
    "google_config.google_idp_id = C01234567": [
      `is a profile of aws-google-auth (google_config.google_idp_id (${line2})), which has stored no keys for it`,
      "let that tool store keys with: aws-google-auth --profile p",
    ],
  };
  test.each(Object.entries(causes))("emptyProfile() names the cause of %s", (line, [why, hint]) => {
    const found = emptyProfile("p", profileOf(line));
    expect([found.why, found.hints[0]]).toEqual([why, hint]);
  });

  test("emptyProfile() names the source profile in a form that a shell takes", () => {
    expect(emptyProfile("p", profileOf("source_profile = my base")).hints.at(-1)).toBe(
      "for the credentials of my base itself: --profile 'my base'",
    );
  });
});
