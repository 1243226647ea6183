import { expect, test } from "bun:test";
import { mergeCandidates, roleCandidates } from "../../src/targets/merge-candidates.ts";

const portal = {
  startUrl: "https://my.awsapps.com/start",
  ssoSession: "my-sso",
  options: { ssoSession: "my-sso" },
  accounts: [
    {
      accountId: "111111111111",
      accountName: "Prod",
      emailAddress: "prod@my.org",
      roles: ["Admin", "Reader"],
    },
    { accountId: "222222222222", accountName: undefined, roles: ["Reader"] },
  ],
};
const ofPortal = { startUrl: portal.startUrl, ssoSession: "my-sso" };

test("roleCandidates() has every role with the options that take it", () => {
  expect(roleCandidates(portal).at(0)).toEqual({
    accountId: "111111111111",
    accountName: "Prod",
    email: "prod@my.org",
    roleName: "Admin",
    ...ofPortal,
    options: { ssoSession: "my-sso", ssoAcctId: "111111111111", ssoRoleName: "Admin" },
  });
  expect(roleCandidates(portal)).toHaveLength(3);
});

test("mergeCandidates() makes one of a profile and the role that it names, whatever ends its start URL", () => {
  const profile = { profile: "p", accountId: "111111111111", roleName: "Admin", options: { profile: "p" } };
  const named = { ...profile, startUrl: `${portal.startUrl}/#/` };
  const merged = mergeCandidates(
    [named, { ...profile, profile: "other", startUrl: "https://o.awsapps.com/start" }],
    roleCandidates(portal),
  );
  expect(merged.map(({ profile: name, accountId, roleName }) => [name, accountId, roleName])).toEqual([
    [undefined, "222222222222", "Reader"],
    [undefined, "111111111111", "Reader"],
    ["other", "111111111111", "Admin"],
    ["p", "111111111111", "Admin"],
  ]);
  expect(merged.at(-1)).toEqual({ ...named, accountName: "Prod", email: "prod@my.org" });
});

test("mergeCandidates() keeps two profiles of one role apart", () => {
  const profile = { accountId: "111111111111", roleName: "Admin", ...ofPortal, options: {} };
  const two = [
    { ...profile, profile: "a" },
    { ...profile, profile: "b" },
  ];
  expect(mergeCandidates(two, roleCandidates(portal)).map(({ profile: name }) => name)).toEqual([
    undefined,
    undefined,
    "a",
    "b",
  ]);
});
