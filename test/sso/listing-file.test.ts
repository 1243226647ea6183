import { describe, expect, test } from "bun:test";
import {
  escaped,
  formatListing,
  identityOf,
  type Listing,
  listingParts,
  unescaped,
} from "../../src/sso/listing-file.ts";
import { noon } from "../support/fake-system.ts";

const hostileName = "Data\tLake\\n\0 – Zürich\n(東京)";
const listing: Listing = {
  listedAt: noon,
  accounts: [
    {
      accountId: "222222222222",
      accountName: undefined,
      emailAddress: "ops@my.org",
      roles: ["Analyst+Ops_1,2"],
    },
    {
      accountId: "012345678901",
      accountName: hostileName,
      roles: ["Admin", "Reader"],
    },
  ],
};
const lines = (of: Listing) => (listingParts(formatListing(of))?.identities ?? "").split("\n").slice(1, -1);

describe("listingParts()", () => {
  test("identityOf() reads what formatListing() writes, names with tabs and line ends included", () => {
    const ops = { accountId: "222222222222", accountName: undefined, emailAddress: "ops@my.org" };
    const lake = { ...ops, accountId: "012345678901", accountName: hostileName, emailAddress: undefined };
    expect(lines(listing).map(identityOf)).toEqual([
      { ...ops, roleName: "Analyst+Ops_1,2" },
      { ...lake, roleName: "Admin" },
      { ...lake, roleName: "Reader" },
    ]);
  });

  test("formatListing() puts roles in the order of their accounts' names and their own", () => {
    const accounts = listing.accounts
      .toReversed()
      .map((account) => ({ ...account, roles: account.roles.toReversed() }));
    expect(lines({ ...listing, accounts })).toEqual(lines(listing));
    const named = (accountId: string, accountName: string) => ({ accountId, accountName, roles: ["B", "A"] });
    const twice = [named("222222222222", "one"), named("111111111111", "one"), named("333333333333", "one!")];
    expect(lines({ listedAt: noon, accounts: twice }).map((line) => line.replaceAll("\t", " "))).toEqual([
      "333333333333 one!  A",
      "333333333333 one!  B",
      "111111111111 one  A",
      "222222222222 one  A",
      "111111111111 one  B",
      "222222222222 one  B",
    ]);
  });

  test("listingParts() reads a listing without accounts", () => {
    expect(listingParts(formatListing({ listedAt: noon, accounts: [] }))).toEqual({
      listedAt: noon,
      identities: "\n",
      accounts: "\n",
      accountIds: "\n",
      roles: "\n",
    });
  });

  const texts: Record<string, string> = {
    "an empty text": "",
    "a listing that is cut off": formatListing(listing).slice(0, -10),
    "a listing of another version": formatListing(listing).replace("listing 4", "listing 3"),
    "another file": '{"accessToken": "made-up"}',
  };
  test.each(Object.entries(texts))("listingParts() takes %s for none", (_, text) => {
    expect(listingParts(text)).toBeUndefined();
  });
});

test("formatListing() leaves out accounts without roles", () => {
  const empty = { accountId: "333333333333", accountName: "empty", roles: [] };
  expect(formatListing({ listedAt: noon, accounts: [empty] })).not.toContain("333333333333");
});

test("listingParts() has the identities, and by themselves each account with a role and each name of a role", () => {
  const accounts = [
    { accountId: "111111111111", accountName: "One", roles: ["Admin", "Reader"] },
    { accountId: "222222222222", accountName: "Two", emailAddress: "two@my.org", roles: ["Admin"] },
    { accountId: "333333333333", accountName: "Without", roles: [] },
  ];
  expect(listingParts(formatListing({ listedAt: 7, accounts }))).toEqual({
    listedAt: 7,
    identities:
      "\n111111111111\tOne\t\tAdmin\n111111111111\tOne\t\tReader\n222222222222\tTwo\ttwo@my.org\tAdmin\n",
    accounts: "\nOne\taccount 111111111111\nTwo\taccount 222222222222\n",
    accountIds: "\n111111111111\tOne\n222222222222\tTwo\n",
    roles: "\nAdmin\trole\nReader\trole\n",
  });
});

test("escaped() puts every name on one line, and unescaped() takes it back", () => {
  for (const name of ["plain", "a\tb\nc\rd\\te", "\\n", ""]) {
    expect(escaped(name)).not.toMatch(/[\t\n\r]/);
    expect(unescaped(escaped(name))).toBe(name);
  }
});
