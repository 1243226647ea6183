import { describe, expect, test } from "bun:test";
import { formatListing, listingParts } from "../../src/sso/listing-file.ts";
import { labelOf } from "../../src/targets/candidate.ts";
import { candidateList, candidatesAt } from "../../src/targets/candidate-list.ts";
import { listedRoles, type WantedRole } from "../../src/targets/listed-roles.ts";
import { containing } from "../../src/targets/match-words.ts";

const portal = {
  startUrl: "https://my.awsapps.com/start",
  ssoSession: "my-sso",
  options: { ssoSession: "my-sso" },
};
const hostile = "tab\there\\n\nnew\r\0";
const accounts = [
  {
    accountId: "111111111111",
    accountName: "Prod",
    emailAddress: "Prod@my.org",
    roles: ["Admin", "Reader"],
  },
  { accountId: "222222222222", accountName: undefined, roles: ["Reader"] },
  { accountId: "333333333333", accountName: hostile, roles: ["Admin", "x\ty"] },
  { accountId: "444444444444", accountName: "Prod", roles: ["Admin"] },
  { accountId: "555555555555", accountName: "Prod!", roles: ["Admin"] },
  { accountId: "666666666666", accountName: "東京 🗼", roles: ["Admin"] },
  { accountId: "777777777777", accountName: "🗼", roles: ["Admin"] },
  { accountId: "888888888888", accountName: "ﾃｽﾄ", roles: ["Admin"] },
];

function roles(wanted?: WantedRole, of = accounts) {
  const parts = listingParts(formatListing({ listedAt: 0, accounts: of }));
  if (parts === undefined) throw new Error("no listing");
  return listedRoles(portal, parts, wanted);
}

describe("listedRoles()", () => {
  test("listedRoles() has every role with the options that take it", () => {
    const list = roles();
    expect(list.length).toBe(10);
    expect(list.at(2)).toEqual({
      accountId: "111111111111",
      accountName: "Prod",
      email: "Prod@my.org",
      roleName: "Admin",
      startUrl: portal.startUrl,
      ssoSession: "my-sso",
      options: { ssoSession: "my-sso", ssoAcctId: "111111111111", ssoRoleName: "Admin" },
    });
  });

  test("listedRoles() is in the order of any list of candidates, and is searched as one", () => {
    const list = roles();
    const candidates = candidatesAt(list, [...list.texts.keys()]);
    const sorted = candidateList(candidates);
    expect(candidatesAt(sorted, [...sorted.texts.keys()])).toEqual(candidates);
    expect(candidates.slice(-2).map(labelOf)).toEqual(["ﾃｽﾄ/Admin", "🗼/Admin"]);
    for (const index of candidates.keys()) expect(list.keyAt(index)).toBe(sorted.keyAt(index));
    for (const word of ["prod", "ADMIN", "prod@", "5555", "t", "n", "\\", "東", "here\\n", "r", "x", "zz"])
      expect([word, containing([word], list)]).toEqual([word, containing([word], sorted)]);
  });

  test("listedRoles() has only the wanted account and role", () => {
    expect(roles({ accountId: "111111111111" }).length).toBe(2);
    expect(roles({ roleName: "Admin" }).length).toBe(7);
    expect(roles({ accountId: "333333333333", roleName: "x\ty" }).at(0).accountName).toBe(hostile);
    expect(roles({ accountId: "1111" }).length).toBe(0);
    expect(roles({ roleName: "dmin" }).length).toBe(0);
  });

  test("listedRoles() of a listing without roles is empty", () => {
    expect(roles(undefined, []).texts).toEqual([]);
  });
});
