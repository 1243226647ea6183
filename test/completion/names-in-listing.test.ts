import { describe, expect, test } from "bun:test";
import { type ListingQuery, namesInListing } from "../../src/completion/names-in-listing.ts";
import { beginningInAnyCase } from "../../src/lib/name-lines.ts";
import { isTypable } from "../../src/lib/typable.ts";
import { formatListing } from "../../src/sso/listing-file.ts";
import { offerAccount } from "../../src/sso/listing-names.ts";

const text = formatListing({
  listedAt: 1,
  accounts: [
    {
      accountId: "111111111111",
      accountName: "Prod",
      emailAddress: "prod@my.org",
      roles: ["Admin", "Reader"],
    },
    { accountId: "222222222222", accountName: "Prod EU", roles: ["Admin"] },
    { accountId: "133333333333", accountName: "a/b\tc\\d", roles: ["Reader"] },
    { accountId: "144444444444", accountName: "a/b", roles: ["Reader"] },
    { accountId: "155555555555", accountName: undefined, roles: ["Ops"] },
    { accountId: "166666666666", accountName: "empty", roles: [] },
  ],
});

/** Those that begin with the prefix in any case. */
function names(query: Partial<ListingQuery>, of = text): Record<string, string> {
  const { prefix = "" } = query;
  const found = namesInListing(of, { kind: "target", prefix, words: [], ...query });
  const lines = found.flatMap((some) => beginningInAnyCase(prefix, some).split("\n").slice(1, -1));
  return Object.fromEntries(lines.toSorted().map((line) => line.split("\t")));
}

describe("namesInListing()", () => {
  test("namesInListing() finds accounts and roles by their beginning, in any case", () => {
    expect(names({ prefix: "PROD" })).toEqual({
      Prod: "account 111111111111",
      "Prod EU": "account 222222222222",
    });
    expect(names({ prefix: "r" })).toEqual({ Reader: "role" });
    // Not in the middle of a name, and no e-mail address.
    expect(names({ prefix: "eu" })).toEqual({});
    expect(names({ prefix: "prod@" })).toEqual({});
  });

  test("namesInListing() finds everything at an empty word; an account without a usable name by its id", () => {
    expect(Object.keys(names({}))).toEqual([
      "133333333333",
      "155555555555",
      "Admin",
      "Ops",
      "Prod",
      "Prod EU",
      "Reader",
      "a/b",
    ]);
  });

  test("namesInListing() finds ids where digits are typed", () => {
    expect(names({ prefix: "15" })).toEqual({ "155555555555": "account" });
    expect(names({ prefix: "13" })).toEqual({ "133333333333": "a/b\\u{9}c\\d" });
  });

  test("namesInListing() finds ACCOUNT/ROLE after a slash", () => {
    expect(names({ prefix: "prod/a" })).toEqual({ "Prod/Admin": "account 111111111111" });
    expect(names({ prefix: "111111111111/" })).toEqual({
      "111111111111/Admin": "account 111111111111",
      "111111111111/Reader": "account 111111111111",
    });
    expect(names({ prefix: "a/b/" })).toEqual({ "a/b/Reader": "account 144444444444" });
    expect(names({ prefix: "od/" })).toEqual({});
  });

  test("namesInListing() finds for a further word what narrows the choice", () => {
    expect(names({ words: ["prod"] })).toEqual({
      Admin: "role",
      Prod: "account 111111111111",
      "Prod EU": "account 222222222222",
      Reader: "role",
    });
    expect(names({ words: ["PROD", "eu"] })).toEqual({});
    expect(names({ words: ["reader", "1111"], prefix: "p" })).toEqual({});
    expect(names({ words: ["reader"], prefix: "p" })).toEqual({ Prod: "account 111111111111" });
  });

  test("namesInListing() finds values of options beside each other", () => {
    expect(names({ kind: "account", prefix: "1", ssoRoleName: "Reader" })).toEqual({
      "111111111111": "Prod",
      "133333333333": "a/b\\u{9}c\\d",
      "144444444444": "a/b",
    });
    expect(names({ kind: "role", ssoAcctId: "222222222222" })).toEqual({ Admin: "role" });
    expect(names({ kind: "role", prefix: "o" })).toEqual({ Ops: "role" });
    expect(names({ prefix: "a", ssoAcctId: "111111111111" })).toEqual({ Admin: "role" });
  });

  test("namesInListing() has two accounts of one name as one", () => {
    const two = formatListing({
      listedAt: 1,
      accounts: ["1", "2"].map((digit) => ({
        accountId: digit.repeat(12),
        accountName: "twin",
        roles: ["Admin"],
      })),
    });
    expect(names({ prefix: "t" }, two)).toEqual({ twin: "accounts" });
    expect(names({ words: ["admin"], prefix: "t" }, two)).toEqual({ twin: "accounts" });
  });

  test("namesInListing() finds what a search of each role finds", () => {
    const parts = [
      "prod",
      "PROD eu",
      "dev",
      "a.b",
      "it's",
      "tab\there",
      "back\\slash",
      "Zürich",
      "$&",
      "-x",
      "",
    ];
    const accounts = parts.flatMap((accountName, index) =>
      [0, 1].map((copy) => ({
        accountId: `${100_000_000_000 + index * 10 + copy}`,
        accountName: copy === 0 || index % 3 === 0 ? accountName : `${accountName}-${copy}`,
        emailAddress: `owner-${index}@my.org`,
        roles: ["Admin", "Read.Only", "ops+1", "-bad"].slice(0, 1 + (index % 4)),
      })),
    );
    const all = formatListing({ listedAt: 1, accounts });
    for (const words of [
      ["prod"],
      ["OWNER"],
      ["a.b", "admin"],
      ["$&"],
      ["10000"],
      ["ü"],
      ["owner-1@", "read"],
      ["", "dev"],
    ]) {
      const has = (text: string) => words.every((word) => text.toLowerCase().includes(word.toLowerCase()));
      const chosen = accounts.flatMap(({ roles, ...account }) =>
        roles
          .filter((role) =>
            has([account.accountId, account.accountName, account.emailAddress, role].join("\t")),
          )
          .map((role) => ({ ...account, role })),
      );
      const expected = new Map<string, string>();
      if (new Set(chosen.map(({ accountId }) => accountId)).size !== 1) {
        for (const accountId of new Set(chosen.map((one) => one.accountId)))
          offerAccount(
            accountId,
            accounts.find((one) => one.accountId === accountId)?.accountName ?? "",
            expected,
          );
      }
      const roles = new Set(chosen.map(({ role }) => role));
      if (roles.size !== 1) for (const role of roles) if (isTypable(role)) expected.set(role, "role");
      expect([words, names({ words }, all)]).toEqual([words, Object.fromEntries(expected)]);
    }
  });

  test("namesInListing() finds nothing for a slash without an account", () => {
    expect(names({ prefix: "/a" })).toEqual({});
  });

  test("namesInListing() finds nothing in another text", () => {
    for (const other of ["", "x", text.slice(0, -5), text.replace("listing 4", "listing 9")])
      expect(namesInListing(other, { kind: "target", prefix: "", words: [] })).toEqual([]);
  });
});
