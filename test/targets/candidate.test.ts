import { expect, test } from "bun:test";
import { labelOf, optionWords, sortKey } from "../../src/targets/candidate.ts";

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

test("sortKey() tells two of one label apart", () => {
  const one = { accountId: "111111111111", accountName: "b", roleName: "R", options };
  expect(sortKey(one)).not.toBe(sortKey({ ...one, accountId: "222222222222" }));
  expect(sortKey(one)).toBe(sortKey({ ...one, email: "b@my.org" }));
});

test("optionWords() has the options that take a candidate, flags without a value", () => {
  const startUrl = "https://d-1.awsapps.com/start";
  expect(optionWords({ profile: "dev" })).toEqual(["--profile", "dev"]);
  const ofOwn = {
    useCache: true,
    startUrl,
    ssoAcctId: "111111111111",
    ssoRoleName: "R",
    region: "eu-west-1",
  } as const;
  expect(optionWords(ofOwn)).toEqual([
    ...["--use-cache", "--start-url", startUrl, "--sso-acct-id", "111111111111"],
    ...["--sso-role-name", "R", "--region", "eu-west-1"],
  ]);
});
