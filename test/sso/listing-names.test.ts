import { describe, expect, test } from "bun:test";
import {
  aboutId,
  accountIdLines,
  accountLines,
  offerAccount,
  roleLines,
} from "../../src/sso/listing-names.ts";

const account = (digit: string, accountName: string | undefined, roles: readonly string[] = ["Admin"]) => ({
  accountId: digit.repeat(12),
  accountName,
  roles,
});
const accounts = [
  account("1", "Prod"),
  account("2", "a\tb\\c"),
  account("3", undefined),
  account("4", "twin"),
  account("5", "twin"),
  account("6", "empty", []),
];

describe("the names of a listing", () => {
  test("accountLines() has accounts with a role by name, by id where the name cannot be typed", () => {
    expect(accountLines(accounts)).toBe(
      "\n222222222222\ta\\u{9}b\\c\n333333333333\taccount\nProd\taccount 111111111111\ntwin\taccounts\n",
    );
  });

  test("accountIdLines() has the ids, each with a name as a terminal may show it", () => {
    expect(accountIdLines(accounts)).toBe(
      "\n111111111111\tProd\n222222222222\ta\\u{9}b\\c\n333333333333\taccount\n444444444444\ttwin\n555555555555\ttwin\n",
    );
  });

  test("roleLines() leaves out names that cannot be typed", () => {
    expect(roleLines(["Reader", "Admin", "-x", "", "a\u001b"])).toBe("\nAdmin\trole\nReader\trole\n");
  });

  test("offerAccount() tells one account of a name from several", () => {
    const names = new Map<string, string>();
    offerAccount("111111111111", "a", names);
    offerAccount("111111111111", "a", names);
    expect(names.get("a")).toBe("account 111111111111");
    offerAccount("222222222222", "a", names);
    offerAccount("333333333333", "a", names);
    expect(names.get("a")).toBe("accounts");
  });

  test("aboutId() is never empty", () => {
    expect([aboutId(""), aboutId("a\nb")]).toEqual(["account", "a\\u{a}b"]);
  });
});
