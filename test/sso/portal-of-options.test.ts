import { describe, expect, test } from "bun:test";
import type { PortalChoice } from "../../src/sso/portal-choice.ts";
import { type PortalOptions, portalOfOptions } from "../../src/sso/portal-of-options.ts";
import { failureOf, sharedFrom } from "../config/from-text.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const config = sharedFrom(
  `[sso-session my corp]\n[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n`,
);
const choose = (options: Partial<PortalOptions>) => portalOfOptions({ useCache: false, ...options }, config);

describe("portalOfOptions()", () => {
  const cases: Record<string, [Partial<PortalOptions>, PortalChoice | undefined]> = {
    "finds none without an option": [{}, undefined],
    "stores no token without --use-cache": [{ startUrl }, { kind: "memory", startUrl, region: "us-east-1" }],
    "takes the region that is said": [
      { startUrl, ssoRegion: "eu-west-1" },
      { kind: "memory", startUrl, region: "eu-west-1" },
    ],
    "takes the own cache": [
      { startUrl, useCache: true },
      { kind: "own", startUrl, region: undefined },
    ],
    "takes the portal used last": [
      { useCache: true, ssoRegion: "eu-west-1" },
      { kind: "own", startUrl: undefined, region: "eu-west-1" },
    ],
    "takes the token, of which the start URL tells the portal": [
      { ssoAccessToken: "t", startUrl },
      { kind: "token", token: "t", startUrl, region: "us-east-1" },
    ],
    "takes the file": [
      { accesstokenCache: "f" },
      { kind: "file", path: "f", startUrl: undefined, region: undefined },
    ],
    "takes the session": [
      { ssoSession: "corp" },
      {
        kind: "cli",
        startUrl,
        region: "eu-west-1",
        sessionName: "corp",
        scopes: undefined,
        loginOption: "--sso-session corp",
      },
    ],
  };
  for (const [name, [options, choice]] of Object.entries(cases)) {
    test(`portalOfOptions() ${name}`, () => {
      expect(choose(options)).toEqual(choice);
    });
  }

  test("portalOfOptions() takes contradictions for wrong usage", () => {
    expect(failureOf(() => choose({ startUrl: "d-1234567890" })).kind).toBe("usage");
    expect(failureOf(() => choose({ ssoSession: "corp", ssoRegion: "us-east-1" })).kind).toBe("usage");
    expect(failureOf(() => choose({ ssoSession: "none" })).message).toContain("[sso-session none]");
  });
});
