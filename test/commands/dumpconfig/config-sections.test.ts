import { describe, expect, test } from "bun:test";
import { type ConfigInput, configSections } from "../../../src/commands/dumpconfig/config-sections.ts";
import type { TargetProfile } from "../../../src/commands/dumpconfig/target-profiles.ts";
import type { AccountAccess } from "../../../src/sso/list-access.ts";

const accounts: AccountAccess[] = [
  { accountId: "222222222222", accountName: "prod", roles: ["ReadOnly", "Admin"] },
  { accountId: "012345678901", accountName: undefined, roles: ["Ops"] },
];

function target(changes: Partial<TargetProfile> = {}): TargetProfile {
  return {
    sourceAccountId: "222222222222",
    sourceRoleName: "Admin",
    targetArn: "arn:aws:iam::333333333333:role/team/Deploy",
    accountId: "333333333333",
    resource: "role/team/Deploy",
    accountName: undefined,
    region: undefined,
    where: "target 1",
    ...changes,
  };
}

function sections(changes: Partial<ConfigInput> = {}) {
  return configSections({
    session: { name: "my-sso", region: "us-east-1", startUrl: "https://d-987654321d.awsapps.com/start" },
    region: undefined,
    accounts,
    targets: [],
    ...changes,
  });
}

const unknownUrl = "# sso_start_url = https://YOUR.START.URL.HERE";

describe("configSections()", () => {
  test("configSections() describes the portal", () => {
    expect(sections().session).toEqual({
      kind: "sso-session",
      name: "my-sso",
      lines: [
        { key: "sso_region", value: "us-east-1" },
        { key: "sso_start_url", value: "https://d-987654321d.awsapps.com/start", placeholder: unknownUrl },
        { key: "sso_registration_scopes", value: "sso:account:access" },
      ],
    });
  });

  test("configSections() leaves a comment to fill in when the start URL is unknown", () => {
    const { session } = sections({ session: { name: "my-sso", region: "us-east-1", startUrl: undefined } });
    expect(session.lines[1]).toEqual({ comment: unknownUrl });
  });

  test("configSections() makes a profile for each role, by name, an unnamed account by its id", () => {
    expect(sections().profiles.map(({ name }) => name)).toEqual([
      "012345678901-Ops",
      "prod-Admin",
      "prod-ReadOnly",
    ]);
    expect(sections().profiles[0]?.lines).toEqual([
      { key: "sso_session", value: "my-sso" },
      { key: "sso_account_id", value: "012345678901" },
      { key: "sso_role_name", value: "Ops" },
      { comment: "#region = us-east-1" },
    ]);
  });

  test("configSections() takes an empty account name for an absent one", () => {
    const { profiles } = sections({
      accounts: [{ accountId: "111111111111", accountName: "", roles: ["Ops"] }],
    });
    expect(profiles[0]?.name).toBe("111111111111-Ops");
  });

  test("configSections() sorts by code point, capitals first", () => {
    const { profiles } = sections({
      accounts: [{ accountId: "111111111111", accountName: "a", roles: ["b", "B", "_", "-"] }],
    });
    expect(profiles.map(({ name }) => name)).toEqual(["a--", "a-B", "a-_", "a-b"]);
  });

  test("configSections() sets the region that was asked for", () => {
    const [profile] = sections({ region: "eu-west-1" }).profiles;
    expect(profile?.lines.at(-1)).toEqual({
      key: "region",
      value: "eu-west-1",
      placeholder: "#region = us-east-1",
    });
  });

  test("configSections() does not depend on the order of the accounts and roles", () => {
    const reversed = accounts
      .toReversed()
      .map((account) => ({ ...account, roles: account.roles.toReversed() }));
    expect(sections({ accounts: reversed })).toEqual(sections());
  });

  test("configSections() makes a profile that assumes a target from its source", () => {
    expect(sections({ targets: [target()] }).targets).toEqual([
      {
        kind: "profile",
        name: "333333333333-Deploy",
        lines: [
          { key: "source_profile", value: "prod-Admin" },
          { key: "role_arn", value: "arn:aws:iam::333333333333:role/team/Deploy" },
          { key: "role_session_name", value: "aws-login" },
          { comment: "#region = us-east-1" },
        ],
      },
    ]);
  });

  test("configSections() names targets by their account's name, sorts them, and prefers their own region", () => {
    const { targets } = sections({
      region: "eu-west-1",
      targets: [target({ accountName: "live env", region: "us-west-2" }), target({ accountName: "beta" })],
    });
    expect(targets.map(({ name, lines }) => [name, lines.at(-1)])).toMatchObject([
      ["beta-Deploy", { key: "region", value: "eu-west-1" }],
      ["live-env-Deploy", { key: "region", value: "us-west-2" }],
    ]);
  });

  test("configSections() follows a source whose name had to become longer", () => {
    const twice = [
      { accountId: "111111111111", accountName: "dev", roles: ["Ops"] },
      { accountId: "222222222222", accountName: "dev", roles: ["Ops"] },
    ];
    const { targets } = sections({ accounts: twice, targets: [target({ sourceRoleName: "Ops" })] });
    expect(targets[0]?.lines[0]).toEqual({ key: "source_profile", value: "dev-Ops-222222222222" });
  });

  test("configSections() tells a target from a role of the same name", () => {
    const { profiles, targets } = sections({
      targets: [target({ accountName: "prod", resource: "role/Admin", accountId: "333333333333" })],
    });
    expect(profiles.map(({ name }) => name)).toContain("prod-Admin-222222222222");
    expect(targets[0]?.name).toBe("prod-Admin-333333333333");
  });

  const unwritable: Record<string, string> = {
    "would add a line of its own": "Ops\ncredential_process = sh",
    "would read as a comment": "#Admin",
    "would read as an older kind of comment": ";Admin",
    "has a comment in it": "Ops #1",
    "turns the direction of writing": "Ops\u202eexe",
    "has a line end that only some see": "Ops\u2028x = y",
    "begins with a blank": " Ops",
    "is half of a character": "Ops\ud800",
  };
  for (const [sentence, role] of Object.entries(unwritable)) {
    test(`configSections() leaves out a role whose name ${sentence}, and writes the others`, () => {
      const { profiles, unwritable } = sections({
        accounts: [{ accountId: "111111111111", accountName: "a", roles: ["Dev", role] }],
      });
      expect(profiles.map(({ name }) => name)).toEqual(["a-Dev"]);
      expect(unwritable).toEqual([{ accountId: "111111111111", role }]);
    });
  }

  const refused: Record<string, { facts: Partial<ConfigInput>; message: string; hint?: string }> = {
    "a target in an account without a role": {
      facts: { targets: [target({ sourceAccountId: "999999999999" })] },
      message:
        "cannot make a profile for arn:aws:iam::333333333333:role/team/Deploy (target 1): its source, Admin in 999999999999, is missing: you have no role in account 999999999999",
      hint: "your accounts are: 222222222222, 012345678901",
    },
    "a target whose source role is missing": {
      facts: { targets: [target({ sourceRoleName: "admin" })] },
      message:
        "cannot make a profile for arn:aws:iam::333333333333:role/team/Deploy (target 1): its source, admin in 222222222222, is missing: you have no role admin in account 222222222222",
      hint: "your roles there are: ReadOnly, Admin",
    },
    "two targets that nothing tells apart": {
      facts: { targets: [target(), target({ where: "target 2", sourceRoleName: "ReadOnly" })] },
      message:
        "cannot name the profile of target 1: target 2 already has the name 333333333333-role/team/Deploy-333333333333",
      hint: "give them different TargetAccountName values",
    },
    "a start URL with a comment in it": {
      facts: { session: { name: "my-sso", region: "us-east-1", startUrl: "https://a.example/ #start" } },
      message:
        'cannot write sso_start_url of [sso-session my-sso]: a reader would not read "https://a.example/ #start" back as it is',
      hint: "use a value without blanks at its ends, control characters and a # or ; after a blank",
    },
  };
  for (const [sentence, { facts, message, hint }] of Object.entries(refused)) {
    test(`configSections() refuses ${sentence}`, () => {
      expect(() => sections(facts)).toThrow(
        expect.objectContaining({ message, ...(hint === undefined ? {} : { hints: [hint] }) }),
      );
    });
  }

  test("configSections() takes a start URL with a number sign", () => {
    const startUrl = "https://d-1234567890.awsapps.com/start/#/";
    const { session } = sections({ session: { name: "s", region: "us-east-1", startUrl } });
    expect(session.lines[1]).toEqual({ key: "sso_start_url", value: startUrl, placeholder: unknownUrl });
  });
});

describe("configSections(), names and selection", () => {
  const names = (changes: Partial<ConfigInput>) => sections(changes).profiles.map(({ name }) => name);
  const own = (name: string, role: string, isUntouched = true) => ({
    name,
    accountId: "222222222222",
    role,
    isUntouched,
  });

  test("configSections() names profiles by a template, unusable and empty names aside", () => {
    expect(names({ template: ({ account_id, role }) => `${account_id} ${role}` })).toEqual([
      "012345678901-Ops",
      "222222222222-Admin",
      "222222222222-ReadOnly",
    ]);
    expect(names({ template: ({ role }) => (role === "Ops" ? "" : `-${role}`) })).toEqual([
      "012345678901-Ops",
      "Admin",
      "ReadOnly",
    ]);
    expect(names({ template: () => "same" })).toEqual([
      "prod-Admin-222222222222",
      "prod-ReadOnly-222222222222",
      "same-012345678901",
    ]);
  });

  test("configSections() keeps the name of a role's profile, and a new role makes way for it", () => {
    expect(names({ own: [own("old-Admin", "Admin")] })).toEqual([
      "012345678901-Ops",
      "old-Admin",
      "prod-ReadOnly",
    ]);
    const moved = [...accounts, { accountId: "333333333333", accountName: "old", roles: ["Admin"] }];
    expect(names({ accounts: moved, own: [own("old-Admin", "Admin")] })).toContain("old-Admin-333333333333");
  });

  test("configSections() takes no name of another form", () => {
    expect(names({ own: [own("mine", "Admin")] })).toContain("prod-Admin");
    expect(names({ own: [own("mine-Admin", "Admin", false)] })).toContain("mine-Admin");
    expect(names({ own: [own("prod-Admin", "Admin"), own("mine-Admin", "Admin")] })).toContain("prod-Admin");
  });

  test("configSections() says which profiles are to be renamed", () => {
    const renamed = sections({ own: [own("old-Admin", "Admin")], names: "generated" });
    expect([...renamed.renames]).toEqual([["old-Admin", "prod-Admin"]]);
    expect(renamed.profiles.map(({ name }) => name)).toContain("prod-Admin");
  });

  test("configSections() leaves out what is not selected, and no name depends on it", () => {
    const twins = [...accounts, { accountId: "444444444444", accountName: "prod", roles: ["Admin"] }];
    expect(names({ accounts: twins, selection: { only: ["444444444444"] } })).toEqual([
      "prod-Admin-444444444444",
    ]);
    const selected = sections({ accounts: twins, selection: { except: ["prod"] } });
    expect(selected.profiles.map(({ name }) => name)).toEqual(["012345678901-Ops"]);
    expect(selected.roles.size).toBe(4);
  });

  test("configSections() refuses a target whose source is not selected", () => {
    expect(() => sections({ targets: [target()], selection: { except: ["admin"] } })).toThrow(
      "its source, Admin in 222222222222, is not selected",
    );
  });

  test("configSections() writes command lines of this program, and leaves out a role that needs quotes", () => {
    const odd = [{ accountId: "222222222222", accountName: "prod", roles: ["Admin", "a b", "x;y"] }];
    const { profiles, unwritable } = sections({ accounts: odd, form: "credential-process" });
    expect(profiles).toEqual([
      {
        kind: "profile",
        name: "prod-Admin",
        lines: [
          {
            key: "credential_process",
            value:
              "aws-login dumpcreds --credential-helper --use-cache --sso-session my-sso --sso-acct-id 222222222222 --sso-role-name Admin",
          },
          { comment: "#region = us-east-1" },
        ],
      },
    ]);
    expect(unwritable.map(({ role }) => role)).toEqual(["a b", "x;y"]);
    const session = { name: "my sso", region: "us-east-1", startUrl: undefined };
    expect(() => sections({ session, form: "credential-process" })).toThrow("its name needs quotes");
  });
});
