import { describe, expect, test } from "bun:test";
import { ssoSourceOfProfile } from "../../../src/credentials/sources/sso-profile.ts";
import { failureOf, sharedFrom } from "../../config/from-text.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const session = `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n`;
const role = "sso_account_id = 012345678901\nsso_role_name = Reader\n";
const legacy = `sso_start_url = ${startUrl}/#/\nsso_region = eu-west-1\n`;

function start(profile: string, rest = session) {
  const config = sharedFrom(`[profile p]\n${profile}${rest}`);
  const found = config.profile("p");
  if (found === undefined) throw new Error("the profile was not found");
  return ssoSourceOfProfile(found, config);
}

describe("ssoSourceOfProfile()", () => {
  test("ssoSourceOfProfile() reads a profile with a session", () => {
    expect(start(`sso_session = corp\n${role}`)).toEqual({
      kind: "sso-role",
      from: "profile p (/home/me/.aws/config:3)",
      accountId: "012345678901",
      roleName: "Reader",
      portal: {
        kind: "cli",
        startUrl,
        region: "eu-west-1",
        sessionName: "corp",
        scopes: undefined,
        loginOption: "--profile p",
      },
    });
  });

  test("ssoSourceOfProfile() reads a legacy profile, whose start URL counts as it is written", () => {
    expect(start(`${legacy}${role}`)?.portal).toMatchObject({
      startUrl: `${startUrl}/#/`,
      sessionName: undefined,
      scopes: undefined,
    });
  });

  test("ssoSourceOfProfile() takes a profile that repeats what its session says", () => {
    const repeated = `sso_session = corp\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n${role}`;
    expect(start(repeated)?.portal).toMatchObject({ sessionName: "corp" });
  });

  test("ssoSourceOfProfile() keeps the wish for FIPS endpoints that a region is", () => {
    const fips = `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = fips-us-east-1\n`;
    expect(start(`sso_session = corp\n${role}`, fips)?.portal).toMatchObject({ region: "fips-us-east-1" });
    expect(start(`sso_start_url = ${startUrl}\nsso_region = us-east-1-fips\n${role}`)?.portal).toMatchObject({
      region: "us-east-1-fips",
    });
  });

  test("ssoSourceOfProfile() finds no credentials in a session alone", () => {
    expect(start("sso_session = corp\n")).toBeUndefined();
    expect(start(legacy)).toBeUndefined();
  });

  const accounts: Record<string, [value: string, why: string, hint: string]> = {
    "in quotes": ['"012345678901"', "is in quotes, which count as part of the value", "012345678901"],
    "without its leading zero": ["12345678901", "has 11 digits, and an account id has 12", "012345678901"],
    "with too many digits": [
      "0123456789012",
      "has 13 digits, and an account id has 12",
      "012345678901, twelve digits",
    ],
    "with hyphens": [
      "0123-4567-8901",
      'is "0123-4567-8901", and an account id has twelve digits',
      "012345678901",
    ],
    "that is a name": [
      "prod",
      'is "prod", and an account id has twelve digits',
      "012345678901, twelve digits",
    ],
  };
  for (const [what, [value, why, hint]] of Object.entries(accounts)) {
    test(`ssoSourceOfProfile() refuses an account id ${what}`, () => {
      const failure = failureOf(() =>
        start(`sso_session = corp\nsso_account_id = ${value}\nsso_role_name = Reader\n`),
      );
      expect(failure.message).toBe(`cannot use profile p (/home/me/.aws/config:3): sso_account_id ${why}`);
      expect(failure.hints).toEqual([`write sso_account_id = ${hint}`]);
    });
  }

  test("ssoSourceOfProfile() shows how a session name with blanks must be written", () => {
    const spaced = session.replace("[sso-session corp]", "[sso-session My Corp Ltd]");
    const failure = failureOf(() => start(`sso_session = My Corp Ltd\n${role}`, spaced));
    expect(failure.hints).toEqual(["line 5 of /home/me/.aws/config must read [sso-session 'My Corp Ltd']"]);
  });

  const wrong: Record<string, [string, string, string]> = {
    "an account without a role": [
      "sso_session = corp\nsso_account_id = 012345678901\n",
      session,
      "sso_role_name",
    ],
    "a role without an account": ["sso_session = corp\nsso_role_name = Reader\n", session, "sso_account_id"],
    "a session that does not exist": [`sso_session = other\n${role}`, session, "[sso-session other]"],
    "another start URL than the session's": [
      `sso_session = corp\nsso_start_url = https://x.awsapps.com/start\n${role}`,
      session,
      "sso_start_url is not that of its sso_session corp",
    ],
    "another region than the session's": [
      `sso_session = corp\nsso_region = us-east-1\n${role}`,
      session,
      "sso_region is not that of its sso_session corp",
    ],
    "a session without a region": [
      `sso_session = corp\n${role}`,
      `[sso-session corp]\nsso_start_url = ${startUrl}\n`,
      "has no sso_region",
    ],
    "a session without a start URL": [
      `sso_session = corp\n${role}`,
      "[sso-session corp]\nsso_region = eu-west-1\n",
      "has no sso_start_url",
    ],
    "no portal at all": [role, "", "sso_start_url"],
    "a start URL without a region": [`sso_start_url = ${startUrl}\n${role}`, "", "sso_region"],
    "a start URL that is none": [
      `sso_start_url = http://x.example\nsso_region = eu-west-1\n${role}`,
      "",
      "https://",
    ],
    "a region that would be a host": [
      `sso_start_url = ${startUrl}\nsso_region = evil.example\n${role}`,
      "",
      "region",
    ],
  };
  for (const [name, [profile, rest, message]] of Object.entries(wrong)) {
    test(`ssoSourceOfProfile() refuses ${name}`, () => {
      const failure = failureOf(() => start(profile, rest));
      expect(failure.kind).toBe("failed");
      expect(failure.message).toContain(message);
    });
  }
});
