import { describe, expect, test } from "bun:test";
import { formatListing, parseListing } from "../../src/sso/listing-file.ts";
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
    "a listing of a later version": formatListing(listing).replace("listing 1", "listing 2"),
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
