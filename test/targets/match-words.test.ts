import { describe, expect, test } from "bun:test";
import { type Candidate, labelOf } from "../../src/targets/candidate.ts";
import { candidateList, candidatesAt } from "../../src/targets/candidate-list.ts";
import { containing, matching, nearestLabels } from "../../src/targets/match-words.ts";

function role(accountId: string, accountName: string, roleName: string, email = ""): Candidate {
  return { accountId, accountName, roleName, email, options: {} };
}
const all = candidateList([
  { profile: "prod", roleName: "ReadOnly", options: {} },
  { profile: "prod-eu", accountId: "333333333333", roleName: "Admin", options: {} },
  role("111111111111", "Prod", "Admin", "aws+prod@my.org"),
  role("111111111111", "Prod", "AdminReadOnly"),
  role("222222222222", "Dev", "Admin", "aws+dev@my.org"),
  role("222222222222", "a/b", "Admin"),
]);
const labelsAt = (indexes: readonly number[]) => candidatesAt(all, indexes).map(labelOf);

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
    "takes all without words": [[], labelsAt([...all.texts.keys()])],
  };
  test.each(Object.entries(cases))("matching() %s", (_, [words, found]) => {
    expect(labelsAt(matching(words, all)).toSorted()).toEqual(found.toSorted());
  });
});

test("containing() does not prefer the exact name", () => {
  expect(labelsAt(containing(["prod"], all))).toEqual([
    "Prod/Admin",
    "Prod/AdminReadOnly",
    "prod",
    "prod-eu",
  ]);
});

test("containing() searches only these indexes", () => {
  const within = containing(["prod"], all);
  expect(labelsAt(containing(["prod", "admin"], all, within))).toEqual(
    labelsAt(containing(["prod", "admin"], all)),
  );
  expect(containing(["admin"], all, [])).toEqual([]);
});

test("nearestLabels() has those with most of the words, else the nearest spelling", () => {
  expect(nearestLabels(["prod-eu", "admni"], all)).toEqual(["prod-eu"]);
  expect(nearestLabels(["Dve"], all)).toEqual(["Dev/Admin"]);
  expect(nearestLabels(["nothing-of-the-sort"], all)).toEqual([]);
});
