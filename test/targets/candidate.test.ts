import { expect, test } from "bun:test";
import { labelOf, sortedCandidates, sortKey } from "../../src/targets/candidate.ts";

const options = {};

test("labelOf() is the profile's name, else ACCOUNT/ROLE, of a portal its session", () => {
  expect(labelOf({ profile: "dev", accountName: "a", roleName: "R", options })).toBe("dev");
  expect(labelOf({ accountId: "111111111111", accountName: "a b", roleName: "R", options })).toBe("a b/R");
  expect(labelOf({ accountId: "111111111111", roleName: "R", options })).toBe("111111111111/R");
  const startUrl = "https://d-1.awsapps.com/start";
  expect(labelOf({ ssoSession: "corp", startUrl, options })).toBe("corp");
  expect(labelOf({ startUrl, options })).toBe(startUrl);
  expect(labelOf({ ssoSession: "corp", roleName: "R", options })).toBe("?/R");
});

test("sortedCandidates() goes by code points of the label, then by account", () => {
  const one = { accountId: "111111111111", accountName: "b", roleName: "R", options };
  const two = { ...one, accountId: "222222222222" };
  const names = [{ profile: "ä", options }, two, { profile: "Z", options }, one, { profile: "a", options }];
  expect(sortedCandidates(names).map((found) => found.accountId ?? labelOf(found))).toEqual([
    "Z",
    "a",
    "111111111111",
    "222222222222",
    "ä",
  ]);
  expect(sortKey(one)).not.toBe(sortKey(two));
});
