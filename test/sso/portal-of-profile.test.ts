import { describe, expect, test } from "bun:test";
import { portalOfProfile, sessionPortal } from "../../src/sso/portal-of-profile.ts";
import { failureOf, sharedFrom } from "../config/from-text.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const session = `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n`;

describe("sessionPortal()", () => {
  test("sessionPortal() knows what a misspelt name means", () => {
    const config = sharedFrom(session);
    const refused = (name: string) =>
      failureOf(() => sessionPortal(name, config, "--sso-session", "")).hints.join();
    expect(refused("crop")).toBe("did you mean corp?");
    expect(refused("something")).toBe(
      "add it with sso_start_url and sso_region, or run: aws configure sso-session",
    );
  });

  test("sessionPortal() reads the scopes as a list with commas", () => {
    const config = sharedFrom(`${session}sso_registration_scopes = sso:account:access , other,\n`);
    expect(sessionPortal("corp", config, "--sso-session", "--sso-session corp").scopes).toEqual([
      "sso:account:access",
      "other",
    ]);
  });
});

describe("portalOfProfile() refuses a profile without a portal", () => {
  const hints: Record<string, [settings: string, hint: string]> = {
    "and says what it lacks": [
      "region = eu-west-1\n",
      "add sso_session = NAME, and a section [sso-session NAME]",
    ],
    "and names the one that it starts from": [
      "role_arn = r\nsource_profile = my dev\n",
      "name the profile whose credentials it starts from: --profile 'my dev'",
    ],
    "and does not name itself": [
      "role_arn = r\nsource_profile = p\n",
      "add sso_session = NAME, and a section [sso-session NAME]",
    ],
  };
  test.each(Object.entries(hints))("%s", (_, [settings, hint]) => {
    const config = sharedFrom(`[profile p]\n${settings}`);
    const profile = config.profile("p");
    if (profile === undefined) throw new Error("the profile was not found");
    const failure = failureOf(() => portalOfProfile(profile, config));
    expect(failure.message).toBe("cannot use profile p: it names no Identity Center portal");
    expect(failure.hints).toEqual([hint]);
  });
});
