import { describe, expect, test } from "bun:test";
import { obviousPortal, portalOfNamedProfile } from "../../src/sso/obvious-portal.ts";
import { failureOf, sharedFrom } from "../config/from-text.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const portal = `sso_start_url = ${startUrl}\nsso_region = eu-west-1\n`;
const corp = `[sso-session corp]\n${portal}`;
const spare = `[sso-session spare]\n${portal}`;
const ofCorp = { kind: "cli", sessionName: "corp" };
const find = (config: string, profile = "default") => obviousPortal(profile, sharedFrom(config), "linux");

describe("obviousPortal()", () => {
  const cases: Record<string, [config: string, profile: string, found: object]> = {
    "the profile in force": [
      `[profile dev]\nsso_session = corp\n${corp}${spare}`,
      "dev",
      { ...ofCorp, loginOption: "--profile dev" },
    ],
    "the default profile": [`[default]\nsso_session = corp\n${corp}${spare}`, "default", ofCorp],
    "the profile that gives the credentials": [
      `[profile role]\nrole_arn = r\nsource_profile = dev\n[profile dev]\nsso_session = corp\n${corp}${spare}`,
      "role",
      { ...ofCorp, loginOption: "--profile dev" },
    ],
    "a command line of this program": [
      `[profile p]\ncredential_process = aws-login dumpcreds --start-url ${startUrl}\n${corp}${spare}`,
      "p",
      { kind: "own", startUrl },
    ],
    "the only session": [corp, "default", { ...ofCorp, loginOption: "--sso-session corp" }],
    "the only session beside a profile without a portal": [`[profile k]\nregion = a\n${corp}`, "k", ofCorp],
    "the only session for a profile that does not exist yet": [corp, "soon", ofCorp],
    "the only portal of profiles without a session": [
      `[profile a]\n${portal}[profile b]\n${portal}`,
      "default",
      { kind: "cli", sessionName: undefined, loginOption: "--profile a" },
    ],
  };
  for (const [name, [config, profile, found]] of Object.entries(cases)) {
    test(`obviousPortal() takes ${name}`, () => {
      expect(find(config, profile)).toMatchObject(found);
    });
  }

  test("obviousPortal() is undefined where the config files name no portal", () => {
    expect(find("[profile a]\nregion = eu-west-1\n")).toBeUndefined();
    expect(find("")).toBeUndefined();
  });

  test("obviousPortal() ends at profiles that name each other", () => {
    expect(find("[profile a]\nsource_profile = b\n[profile b]\nsource_profile = a\n", "a")).toBeUndefined();
  });

  test("obviousPortal() names the candidates where there are several", () => {
    const sessions = failureOf(() => find(`${corp}${spare}`));
    expect([sessions.kind, sessions.message]).toEqual([
      "usage",
      "the config file has several Identity Center portals: corp, spare",
    ]);
    expect(sessions.hints).toEqual(["name one of them, for example --sso-session corp"]);
    const other = portal.replace("d-1234567890", "d-0987654321");
    const profiles = failureOf(() => find(`[profile a]\n${portal}[profile b]\n${other}`));
    expect(profiles.message).toEndWith("portals: a, b");
    expect(profiles.hints).toEqual(["name one of them, for example --profile a"]);
  });
});

describe("portalOfNamedProfile()", () => {
  const named = (settings: string) => {
    const config = sharedFrom(`[profile p]\n${settings}${corp}`);
    const profile = config.profile("p");
    if (profile === undefined) throw new Error("the profile was not found");
    return portalOfNamedProfile(profile, config, "linux");
  };
  const line = `credential_process = aws-login dumpcreds --start-url ${startUrl}\n`;

  test("portalOfNamedProfile() reads the portal in a command line of this program", () => {
    expect(named(line)).toEqual({ kind: "own", startUrl, region: undefined });
  });

  test("portalOfNamedProfile() prefers the profile's own portal", () => {
    expect(named(`sso_session = corp\n${line}`)).toMatchObject(ofCorp);
  });

  test("portalOfNamedProfile() refuses a profile without a portal", () => {
    expect(failureOf(() => named("credential_process = other\n")).message).toBe(
      "cannot use profile p: it names no Identity Center portal",
    );
  });
});
