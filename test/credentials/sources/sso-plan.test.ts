import { expect, test } from "bun:test";
import { ssoSourceOfOptions } from "../../../src/credentials/sources/sso-plan.ts";
import { failureOf, sharedFrom } from "../../config/from-text.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const role = { ssoAcctId: "012345678901", ssoRoleName: "Reader" };

test("ssoSourceOfOptions() starts from the role of the portal that the options name", () => {
  expect(ssoSourceOfOptions({ ...role, startUrl, useCache: false }, sharedFrom(""))).toEqual({
    kind: "sso-role",
    from: "Identity Center",
    accountId: "012345678901",
    roleName: "Reader",
    portal: { kind: "memory", startUrl, region: "us-east-1" },
  });
});

test("ssoSourceOfOptions() leaves a cache without a role to other starts", () => {
  expect(ssoSourceOfOptions({ useCache: true }, sharedFrom(""))).toBeUndefined();
});

test("ssoSourceOfOptions() refuses a role without a portal", () => {
  expect(failureOf(() => ssoSourceOfOptions({ ...role, useCache: false }, sharedFrom(""))).kind).toBe(
    "usage",
  );
});
