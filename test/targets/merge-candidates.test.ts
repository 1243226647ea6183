import { expect, test } from "bun:test";
import { formatListing, listingParts } from "../../src/sso/listing-file.ts";
import { candidatesAt } from "../../src/targets/candidate-list.ts";
import { listedRoles } from "../../src/targets/listed-roles.ts";
import { mergeCandidates } from "../../src/targets/merge-candidates.ts";

const startUrl = "https://my.awsapps.com/start";
const ofPortal = { startUrl, ssoSession: "my-sso" };
const accounts = [
  {
    accountId: "111111111111",
    accountName: "Prod",
    emailAddress: "prod@my.org",
    roles: ["Admin", "Reader"],
  },
  { accountId: "222222222222", accountName: undefined, roles: ["Reader"] },
];
const parts = listingParts(formatListing({ listedAt: 0, accounts }));
if (parts === undefined) throw new Error("no listing");
const roles = listedRoles({ ...ofPortal, options: { ssoSession: "my-sso" } }, parts);

function merged(...args: Parameters<typeof mergeCandidates>) {
  const all = mergeCandidates(...args);
  return candidatesAt(all, [...all.texts.keys()]);
}

test("mergeCandidates() makes one of a profile and the role that it names, whatever ends its start URL", () => {
  const profile = { profile: "p", accountId: "111111111111", roleName: "Admin", options: { profile: "p" } };
  const named = { ...profile, startUrl: `${startUrl}/#/` };
  const all = merged(
    [named, { ...profile, profile: "other", startUrl: "https://o.awsapps.com/start" }],
    [{ startUrl, roles }],
  );
  expect(all.map(({ profile: name, accountId, roleName }) => [name, accountId, roleName])).toEqual([
    [undefined, "222222222222", "Reader"],
    [undefined, "111111111111", "Reader"],
    ["other", "111111111111", "Admin"],
    ["p", "111111111111", "Admin"],
  ]);
  expect(all.at(-1)).toEqual({ ...named, accountName: "Prod", email: "prod@my.org" });
});

test("mergeCandidates() takes a role of a portal of the own cache from there, with the profile's region", () => {
  const own = { useCache: true as const, startUrl };
  const profile = {
    profile: "p",
    accountId: "111111111111",
    roleName: "Admin",
    ...ofPortal,
    region: "eu-west-1",
  };
  const ofOwn = listedRoles({ startUrl, ssoSession: undefined, options: own }, parts);
  const all = merged([{ ...profile, options: { profile: "p" } }], [{ startUrl, roles: ofOwn }]);
  expect(all.at(-1)).toEqual({
    ...profile,
    accountName: "Prod",
    email: "prod@my.org",
    options: { ...own, ssoAcctId: "111111111111", ssoRoleName: "Admin", region: "eu-west-1" },
  });
});

test("mergeCandidates() keeps two profiles of one role apart", () => {
  const profile = { accountId: "111111111111", roleName: "Admin", ...ofPortal, options: {} };
  const two = [
    { ...profile, profile: "a" },
    { ...profile, profile: "b" },
  ];
  expect(merged(two, [{ startUrl, roles }]).map(({ profile: name }) => name)).toEqual([
    undefined,
    undefined,
    "a",
    "b",
  ]);
});

test("mergeCandidates() merges no profile with another portal's role of the same name", () => {
  const profile = { profile: "p", accountId: "111111111111", roleName: "Admin", ...ofPortal, options: {} };
  const other = { startUrl: "https://other.awsapps.com/start", roles };
  expect(merged([profile], [{ startUrl, roles }, other])).toHaveLength(6);
});
