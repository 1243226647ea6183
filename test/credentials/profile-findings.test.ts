import { describe, expect, test } from "bun:test";
import { profileFindings, unknownSettings } from "../../src/credentials/profile-findings.ts";
import { configPath, credentialsPath, profileOf, sharedFrom } from "../config/from-text.ts";

const keys = ["aws_access_key_id = AKIAMADEUP", "aws_secret_access_key = made-up-secret"];

/** The lines of the profile begin on line 2. */
const cases: Record<string, { lines: string[]; findings: string[] }> = {
  "names the setting that a misspelled one means": {
    lines: ["source_profil = base", "sso_acount_id = 1", "regoin = eu-west-1"],
    findings: [
      `source_profil (${configPath}:2) has no effect: did you mean source_profile?`,
      `sso_acount_id (${configPath}:3) has no effect: did you mean sso_account_id?`,
      `regoin (${configPath}:4) has no effect: did you mean region?`,
    ],
  },
  "knows words that are joined in another way": {
    lines: ["sso-session = a", "sourceProfile = b"],
    findings: [
      `sso-session (${configPath}:2) has no effect: did you mean sso_session?`,
      `sourceprofile (${configPath}:3) has no effect: did you mean source_profile?`,
    ],
  },
  "is silent about settings of other clients and tools": {
    lines: [
      "s3 =",
      "  max_concurrent_requests = 20",
      "output = json",
      "cli_pager =",
      "granted_sso_region = x",
    ],
    findings: [],
  },
  "is silent about settings of tools that nothing knows": {
    lines: ["azure_tenant_id = x", "google_config.ask_role = y", "color = red", "s4 = x"],
    findings: [],
  },
  "names a switch that is neither true nor false": {
    lines: ["imds_use_ipv6 = yes"],
    findings: [`imds_use_ipv6 (${configPath}:2) has no effect: its value is not true or false`],
  },
  "names the settings of a role without role_arn": {
    lines: [...keys, "source_profile = base", "external_id = x", "mfa_serial = y"],
    findings: [
      `source_profile (${configPath}:4) has no effect without role_arn`,
      `external_id (${configPath}:5) has no effect without role_arn`,
    ],
  },
  "names a credential_process that keys hide": {
    lines: ["credential_process = helper", ...keys],
    findings: [
      `credential_process (${configPath}:2) is not used: aws_access_key_id (${configPath}:3) comes first`,
    ],
  },
  "names each source that a role hides": {
    lines: ["role_arn = a", "source_profile = b", ...keys, "login_session = c"],
    findings: [
      `login_session (${configPath}:6) is not used: role_arn (${configPath}:2) comes first`,
      `aws_access_key_id (${configPath}:4) is not used: role_arn (${configPath}:2) comes first`,
    ],
  },
  "is silent about the keys of a role whose source is its own profile": {
    lines: ["role_arn = a", "source_profile = p", ...keys],
    findings: [],
  },
  "is silent beside Identity Center, where tools write the same role for older programs": {
    lines: ["sso_session = a", "sso_account_id = b", "sso_role_name = c", "credential_process = x", ...keys],
    findings: [],
  },
  "is silent about empty settings": {
    lines: [...keys, "credential_process =", "source_profile ="],
    findings: [],
  },
};

describe("profileFindings()", () => {
  for (const [sentence, { lines, findings }] of Object.entries(cases)) {
    test(`profileFindings() ${sentence}`, () => {
      expect(profileFindings(profileOf(...lines)).map(({ message }) => message)).toEqual(findings);
    });
  }

  test("profileFindings() names a hidden source whose value get() refuses", () => {
    const profile = profileOf("login_session = a", "  b = c", "role_arn = x", "source_profile = y");
    expect(profileFindings(profile).map(({ code, key }) => [code, key])).toEqual([
      ["hidden-source", "login_session"],
    ]);
  });

  test("profileFindings() knows keys of the credentials file, which come before a sign-in", () => {
    const profile = sharedFrom("[profile p]\nlogin_session = x\n", `[p]\n${keys.join("\n")}\n`).profile("p");
    expect(profile && profileFindings(profile).map(({ message }) => message)).toEqual([
      `login_session (${configPath}:2) is not used: aws_access_key_id (${credentialsPath}:2) comes first`,
    ]);
  });
});

test("unknownSettings() has the misspelled settings only", () => {
  const profile = profileOf(...keys, "credential_process = helper", "regoin = eu-west-1");
  expect(unknownSettings(profile).map(({ code, key }) => [code, key])).toEqual([
    ["unknown-setting", "regoin"],
  ]);
});
