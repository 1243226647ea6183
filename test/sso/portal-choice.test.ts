import { expect, test } from "bun:test";
import { contradictoryRegion, portalRegion, refuseOtherRegion } from "../../src/sso/portal-choice.ts";
import { sessionPortal } from "../../src/sso/portal-of-profile.ts";
import { failureOf, sharedFrom } from "../config/from-text.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const config = sharedFrom(
  `[sso-session my corp]\n[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n`,
);

test("portalRegion() takes the said region, then the one in the host name, then the default", () => {
  const told = "https://ssoins-1.portal.eu-west-1.app.aws";
  expect(portalRegion(told, "us-west-2")).toBe("us-west-2");
  expect(portalRegion(told, undefined)).toBe("eu-west-1");
  expect(portalRegion(startUrl, undefined)).toBe("us-east-1");
  expect(portalRegion(undefined, undefined)).toBe("us-east-1");
});

test("refuseOtherRegion() accepts the portal's own region only", () => {
  const portal = sessionPortal("corp", config, "--sso-session", "--sso-session corp");
  for (const said of [undefined, "eu-west-1"]) {
    expect(() => refuseOtherRegion(portal, said, "profile p")).not.toThrow();
  }
  expect(() => refuseOtherRegion(undefined, "us-east-1", "profile p")).not.toThrow();
  expect(failureOf(() => refuseOtherRegion(portal, "us-east-1", "profile p")).message).toBe(
    "--sso-region us-east-1 contradicts the region of profile p, which is eu-west-1",
  );
});

test("contradictoryRegion() names both regions", () => {
  const { kind, message } = contradictoryRegion("a", "b", "the token in f");
  expect([kind, message]).toEqual([
    "usage",
    "--sso-region a contradicts the region of the token in f, which is b",
  ]);
});
