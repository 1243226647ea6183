import { describe, expect, test } from "bun:test";
import { partitionOfRegion } from "../../../src/aws/endpoints/partitions.ts";
import type { PortalCaller } from "../../../src/aws/sso/portal-operations.ts";
import { chooseRegion } from "../../../src/config/region.ts";
import {
  type SsoRoleOptions,
  ssoRoleCredentials,
  ssoSourceOfOptions,
  ssoSourceOfProfile,
} from "../../../src/credentials/sources/sso.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { failureOf as configFailure, sharedFrom } from "../../config/from-text.ts";
import { failureOf } from "../../support/failure.ts";
import { caller, json, portalUrl } from "../../support/fake-portal.ts";
import { fakeSystem } from "../../support/fake-system.ts";

describe("the role of the options", () => {
  const startUrl = "https://d-1234567890.awsapps.com/start";
  const role = { accountId: "012345678901", roleName: "Reader" };
  const portalIn = "sso_start_url = https://own.awsapps.com/start\nsso_region = eu-west-1\n";

  interface Asked {
    readonly options?: Partial<SsoRoleOptions> & { readonly profile?: string };
    readonly config?: string;
    readonly region?: string;
  }

  function source({ options = {}, config: text = "", region }: Asked) {
    const config = sharedFrom(text);
    const request = { useCache: false, ...options };
    const profile = config.profile(options.profile ?? "default");
    return ssoSourceOfOptions(role, { request, config, profile, region: chooseRegion(region, {}, profile) });
  }

  test("ssoSourceOfOptions() takes the portal that the options name", () => {
    expect(source({ options: { startUrl } })).toEqual({
      kind: "sso-role",
      from: "Identity Center",
      ...role,
      portal: { kind: "memory", startUrl, region: "us-east-1" },
      partition: partitionOfRegion("us-east-1"),
    });
  });

  const portals: Record<string, Asked> = {
    "of --profile": { options: { profile: "p" }, config: `[profile p]\n${portalIn}` },
    "of --profile default": { options: { profile: "default" }, config: `[default]\n${portalIn}` },
    "of the profile in use": { config: `[default]\n${portalIn}` },
    "of the profile's session": { config: `[default]\nsso_session = s\n[sso-session s]\n${portalIn}` },
  };
  test.each(Object.entries(portals))("ssoSourceOfOptions() takes the portal %s", (_, asked) => {
    expect(source(asked).portal).toMatchObject({ kind: "cli", startUrl: "https://own.awsapps.com/start" });
  });

  test("ssoSourceOfOptions() prefers a portal of the options to that of the profile in use", () => {
    const { portal } = source({ options: { startUrl }, config: `[default]\n${portalIn}` });
    expect(portal).toMatchObject({ kind: "memory", startUrl });
  });

  test("ssoSourceOfOptions() refuses a role without a portal", () => {
    expect(configFailure(() => source({})).kind).toBe("usage");
    expect(configFailure(() => source({ config: "[default]\nregion = eu-west-1\n" })).kind).toBe("usage");
    const asked = { options: { profile: "p" }, config: "[profile p]\nregion = eu-west-1\n" };
    expect(configFailure(() => source(asked)).message).toBe(
      "cannot use profile p: it names no Identity Center portal",
    );
  });

  const token = { ssoAccessToken: "made-up" };
  const regions: Record<string, [asked: Asked, region: string]> = {
    "is the partition's where only the run has a region": [
      { options: token, region: "us-gov-east-1" },
      "us-gov-west-1",
    ],
    "is the partition's for a sign-in too": [
      { options: { startUrl }, region: "cn-north-1" },
      "cn-northwest-1",
    ],
    "stays the usual one within a partition": [{ options: token, region: "eu-west-3" }, "us-east-1"],
    "is that of --sso-region": [
      { options: { ...token, ssoRegion: "eu-west-1" }, region: "cn-north-1" },
      "eu-west-1",
    ],
    "is that of the start URL": [
      { options: { startUrl: "https://ssoins-1.portal.eu-west-1.app.aws" }, region: "cn-north-1" },
      "eu-west-1",
    ],
  };
  test.each(Object.entries(regions))(
    "ssoSourceOfOptions(): the region of the portal %s",
    (_, [asked, region]) => {
      expect(source(asked).portal.region).toBe(region);
    },
  );
});

describe("the role of a profile", () => {
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
        partition: partitionOfRegion("eu-west-1"),
      });
    });

    test("ssoSourceOfProfile() reads a legacy profile, and takes its start URL unchanged", () => {
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

    test("ssoSourceOfProfile() keeps the name of a pseudo-region, which asks for FIPS endpoints", () => {
      const fips = `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = fips-us-east-1\n`;
      expect(start(`sso_session = corp\n${role}`, fips)?.portal).toMatchObject({ region: "fips-us-east-1" });
      expect(
        start(`sso_start_url = ${startUrl}\nsso_region = us-east-1-fips\n${role}`)?.portal,
      ).toMatchObject({
        region: "us-east-1-fips",
      });
    });

    test("ssoSourceOfProfile() finds no credentials in a session alone", () => {
      expect(start("sso_session = corp\n")).toBeUndefined();
      expect(start(legacy)).toBeUndefined();
    });

    const accounts: Record<string, [value: string, why: string, hint: string]> = {
      "in quotes": ['"012345678901"', "is in quotes, which count as part of the value", "012345678901"],
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
    test("ssoSourceOfProfile() sends digits as they are, as the SDKs do", () => {
      const source = start("sso_session = corp\nsso_account_id = 123456789\nsso_role_name = Reader\n");
      expect(source).toMatchObject({ accountId: "123456789" });
    });

    for (const [what, [value, why, hint]] of Object.entries(accounts)) {
      test(`ssoSourceOfProfile() refuses an account id ${what}`, () => {
        const failure = configFailure(() =>
          start(`sso_session = corp\nsso_account_id = ${value}\nsso_role_name = Reader\n`),
        );
        expect(failure.message).toBe(`cannot use profile p (/home/me/.aws/config:3): sso_account_id ${why}`);
        expect(failure.hints).toEqual([`write sso_account_id = ${hint}`]);
      });
    }

    test("ssoSourceOfProfile() shows how a session name with blanks must be written", () => {
      const spaced = session.replace("[sso-session corp]", "[sso-session My Corp Ltd]");
      const failure = configFailure(() => start(`sso_session = My Corp Ltd\n${role}`, spaced));
      expect(failure.hints).toEqual(["line 5 of /home/me/.aws/config must read [sso-session 'My Corp Ltd']"]);
    });

    const wrong: Record<string, [string, string, string]> = {
      "an account without a role": [
        "sso_session = corp\nsso_account_id = 012345678901\n",
        session,
        "sso_role_name",
      ],
      "a role without an account": [
        "sso_session = corp\nsso_role_name = Reader\n",
        session,
        "sso_account_id",
      ],
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
        const failure = configFailure(() => start(profile, rest));
        expect(failure.kind).toBe("failed");
        expect(failure.message).toContain(message);
      });
    }
  });
});

const role = { accountId: "012345678901", roleName: "Reader" };
const refusing = (failure: Failure) => ({
  startUrl: undefined,
  tokenFile: undefined,
  region: "eu-west-1",
  prompt: "allowed" as const,
  ready: async () => ({ until: "" }),
  ask: async () => Promise.reject(failure),
});
/** A portal with this response for the role, and then one with these roles. */
const answering = (status: number, body: string, roles: readonly string[] = []) => {
  const system = fakeSystem();
  system.expect(
    "GET",
    `${portalUrl}/federation/credentials?role_name=Reader&account_id=012345678901`,
    new Response(body, { status, headers: { "x-amzn-requestid": "r-1" } }),
  );
  if (roles.length > 0) {
    const roleList = roles.map((roleName) => ({ roleName }));
    const rolesUrl = `${portalUrl}/assignment/roles?account_id=012345678901&max_result=100`;
    system.expect("GET", rolesUrl, json(200, { roleList }));
  }
  return {
    ...refusing(new Failure("failed", "unused")),
    ask: <T>(operation: (portal: PortalCaller) => Promise<T>) =>
      operation({ ...caller(system, portalUrl), accessToken: "t" }),
  };
};
const answered = (kind: "failed" | "sign-in-needed", status: number) =>
  new Failure(kind, "ForbiddenException: No access", {
    serviceError: { code: "ForbiddenException", message: "No access", status, requestId: "r-1" },
    hints: ["theirs"],
  });

describe("ssoRoleCredentials()", () => {
  for (const status of [403, 404]) {
    test(`ssoRoleCredentials() names the roles that the person has there after status ${status}`, async () => {
      const body = '{"message":"No access","__type":"ForbiddenException"}';
      const failure = await failureOf(() =>
        ssoRoleCredentials(answering(status, body, ["Power", "Admin"]), role),
      );
      expect(failure.message).toBe(
        "cannot get the credentials of role Reader in account 012345678901: you have no such role there: ForbiddenException: No access",
      );
      expect(failure.notes).toEqual(["request r-1"]);
      expect(failure.hints).toEqual(["your roles in account 012345678901: Admin, Power"]);
    });
  }

  for (const status of [403, 404]) {
    test(`ssoRoleCredentials() does not say so when it was the sign-in that got status ${status}`, async () => {
      const failure = await failureOf(() => ssoRoleCredentials(refusing(answered("failed", status)), role));
      expect(failure.message).toBe(
        "cannot get the credentials of role Reader in account 012345678901: ForbiddenException: No access",
      );
      expect(failure.hints).toEqual(["theirs"]);
    });

    for (const [what, body] of Object.entries({ "nothing at all": "", "a page": "<html>Sign in here" })) {
      test(`ssoRoleCredentials() does not say so when status ${status} came with ${what}`, async () => {
        const failure = await failureOf(() => ssoRoleCredentials(answering(status, body), role));
        expect(failure.message).not.toContain("no such role");
        expect(failure.hints.join()).toContain("captive portal");
      });
    }
  }

  test("ssoRoleCredentials() names the role in any other refusal", async () => {
    const failure = await failureOf(() => ssoRoleCredentials(refusing(answered("failed", 400)), role));
    expect(failure.message).not.toContain("no such role");
    expect([failure.message.includes("role Reader in account 012345678901"), failure.hints]).toEqual([
      true,
      ["theirs"],
    ]);
  });

  test("ssoRoleCredentials() names the role when the response has no credentials", async () => {
    const failure = await failureOf(() => ssoRoleCredentials(answering(200, "<html>Sign in here"), role));
    expect(failure.message).toMatch(
      /^cannot get the credentials of role Reader in account 012345678901: the response to GetRoleCredentials .* is not a JSON object$/,
    );
    expect(failure.hints.join()).toContain("captive portal");
  });

  test("ssoRoleCredentials() hands on what only a sign-in mends, and why there was none", async () => {
    for (const failure of [answered("sign-in-needed", 401), new Failure("failed", "no connection")]) {
      expect(await failureOf(() => ssoRoleCredentials(refusing(failure), role))).toBe(failure);
    }
  });
});
