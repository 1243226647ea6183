import { describe, expect, test } from "bun:test";
import {
  obviousPortal,
  portalOfEntry,
  portalOfNamedProfile,
  severalPortals,
} from "../../src/sso/obvious-portal.ts";
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
      expect(find(config, profile)).toMatchObject({ kind: "one", portal: found });
    });
  }

  test("obviousPortal() finds none where the config files name no portal", () => {
    expect(find("[profile a]\nregion = eu-west-1\n")).toEqual({ kind: "none" });
    expect(find("")).toEqual({ kind: "none" });
  });

  test("obviousPortal() ends at profiles that name each other", () => {
    expect(find("[profile a]\nsource_profile = b\n[profile b]\nsource_profile = a\n", "a")).toEqual({
      kind: "none",
    });
  });

  test("obviousPortal() has the entries to choose from where there are several sessions", () => {
    const incomplete = "[sso-session new]\nsso_region = eu-west-1\n";
    const other = portal.replace("d-1234567890", "d-0987654321");
    expect(find(`${corp}${incomplete}[profile b]\n${other}`)).toEqual({
      kind: "several",
      entries: [
        { option: "--sso-session", name: "corp", startUrl },
        { option: "--sso-session", name: "new", startUrl: undefined },
      ],
    });
  });

  test("obviousPortal() has a profile for each start URL where there is no session", () => {
    const other = portal.replace("d-1234567890", "d-0987654321");
    expect(find(`[profile a]\n${portal}[profile b]\n${other}[profile c]\n${portal}`)).toEqual({
      kind: "several",
      entries: [
        { option: "--profile", name: "a", startUrl },
        { option: "--profile", name: "b", startUrl: "https://d-0987654321.awsapps.com/start" },
      ],
    });
  });
});

describe("portalOfEntry()", () => {
  const config = sharedFrom(`[profile "a b"]\n${portal}${corp}[sso-session new]\nsso_region = eu-west-1\n`);
  const open = (option: "--profile" | "--sso-session", name: string) =>
    portalOfEntry({ option, name, startUrl: undefined }, config, `${option} ${name}`);

  test("portalOfEntry() is the portal of the session or the profile", () => {
    expect(open("--sso-session", "corp")).toMatchObject({ ...ofCorp, loginOption: "--sso-session corp" });
    expect(open("--profile", "a b")).toMatchObject({ kind: "cli", loginOption: "--profile 'a b'" });
  });

  test("portalOfEntry() says what a session lacks", () => {
    expect(failureOf(() => open("--sso-session", "new")).message).toMatch(
      /^cannot use --sso-session new: the section \[sso-session new\] in \S+ has no sso_start_url$/,
    );
  });
});

test("severalPortals() names the portals, and the option that names one", () => {
  const failure = severalPortals([
    { option: "--profile", name: "a b", startUrl },
    { option: "--profile", name: "c", startUrl },
  ]);
  expect([failure.kind, failure.message, failure.hints]).toEqual([
    "usage",
    "the config file has several Identity Center portals: a b, c",
    ["name one of them, for example --profile 'a b'"],
  ]);
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
