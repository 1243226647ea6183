import { describe, expect, test } from "bun:test";
import { type Candidate, labelOf } from "../../src/targets/candidate.ts";
import { containing, matching, nearestLabels } from "../../src/targets/match-words.ts";

function role(accountId: string, accountName: string, roleName: string, email = ""): Candidate {
  return { accountId, accountName, roleName, email, options: {} };
}
const all: readonly Candidate[] = [
  { profile: "prod", roleName: "ReadOnly", options: {} },
  { profile: "prod-eu", accountId: "333333333333", roleName: "Admin", options: {} },
  role("111111111111", "Prod", "Admin", "aws+prod@my.org"),
  role("111111111111", "Prod", "AdminReadOnly"),
  role("222222222222", "Dev", "Admin", "aws+dev@my.org"),
  role("222222222222", "a/b", "Admin"),
];
const labels = (words: readonly string[]) => matching(words, all).map(labelOf);

describe("matching()", () => {
  const cases: Record<string, [words: string[], found: string[]]> = {
    "takes the exact name of a profile alone": [["prod"], ["prod"]],
    "takes exactly ACCOUNT/ROLE by name": [["Prod/Admin"], ["Prod/Admin"]],
    "takes exactly ACCOUNT/ROLE by id": [["111111111111/Admin"], ["Prod/Admin"]],
    "takes an account's name with a slash": [["a/b/Admin"], ["a/b/Admin"]],
    "finds every word, in any case and order": [
      ["ADMIN", "pro"],
      ["prod-eu", "Prod/Admin", "Prod/AdminReadOnly"],
    ],
    "searches account ids": [["2222"], ["Dev/Admin", "a/b/Admin"]],
    "searches e-mail addresses": [["aws+dev"], ["Dev/Admin"]],
    "finds nothing across two members": [["ProdAdmin"], []],
    "finds nothing where one word is missing": [["prod", "nowhere"], []],
    "takes all without words": [[], all.map(labelOf)],
  };
  test.each(Object.entries(cases))("matching() %s", (_, [words, found]) => {
    expect(labels(words)).toEqual(found);
  });
});

test("containing() does not prefer the exact name", () => {
  expect(containing(["prod"], all).map(labelOf)).toEqual([
    "prod",
    "prod-eu",
    "Prod/Admin",
    "Prod/AdminReadOnly",
  ]);
});

test("nearestLabels() has those with most of the words, else the nearest spelling", () => {
  expect(nearestLabels(["prod-eu", "admni"], all)).toEqual(["prod-eu"]);
  expect(nearestLabels(["Dve"], all)).toEqual(["Dev/Admin"]);
  expect(nearestLabels(["nothing-of-the-sort"], all)).toEqual([]);
});
