import { describe, expect, test } from "bun:test";
import { escaped, formatListing, listingParts, parseListing, unescaped } from "../../src/sso/listing-file.ts";
import { noon } from "../support/fake-system.ts";

const listing = {
  listedAt: noon,
  accounts: [
    {
      accountId: "222222222222",
      accountName: undefined,
      emailAddress: "ops@my.org",
      roles: ["Analyst+Ops_1,2"],
    },
    { accountId: "012345678901", accountName: "Data\tLake\\n – Zürich\n(東京)", roles: ["Admin", "Reader"] },
  ],
};

describe("parseListing()", () => {
  test("parseListing() reads what formatListing() writes, names with tabs and line ends included", () => {
    expect(parseListing(formatListing(listing))).toEqual(listing);
  });

  test("formatListing() puts accounts in the order of their names", () => {
    const accounts = listing.accounts.toReversed();
    expect(parseListing(formatListing({ ...listing, accounts }))).toEqual(listing);
  });

  test("parseListing() reads a listing without accounts", () => {
    expect(parseListing(formatListing({ listedAt: noon, accounts: [] }))).toEqual({
      listedAt: noon,
      accounts: [],
    });
  });

  const texts: Record<string, string> = {
    "an empty text": "",
    "a listing that is cut off": formatListing(listing).slice(0, -10),
    "a listing of a later version": formatListing(listing).replace("listing 2", "listing 3"),
    "another file": '{"accessToken": "made-up"}',
  };
  test.each(Object.entries(texts))("parseListing() takes %s for none", (_, text) => {
    expect(parseListing(text)).toBeUndefined();
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
    accounts: "\n111111111111\tOne\n222222222222\tTwo\n",
    roles: "\nAdmin\nReader\n",
  });
});

test("escaped() puts every name on one line, and unescaped() takes it back", () => {
  for (const name of ["plain", "a\tb\nc\rd\\te", "\\n", ""]) {
    expect(escaped(name)).not.toMatch(/[\t\n\r]/);
    expect(unescaped(escaped(name))).toBe(name);
  }
});
