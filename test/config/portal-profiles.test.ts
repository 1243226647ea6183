import { describe, expect, test } from "bun:test";
import type { ConfigSection } from "../../src/config/config-section.ts";
import { parseIni } from "../../src/config/ini.ts";
import {
  namesLosingTheirPortal,
  namesOfOtherPortals,
  startUrlsOf,
} from "../../src/config/portal-profiles.ts";

const one = "https://one.awsapps.com/start";
const two = "https://two.awsapps.com/start";
const session: ConfigSection = {
  kind: "sso-session",
  name: "two",
  lines: [{ key: "sso_start_url", value: two }],
};

function file(...lines: string[]) {
  return parseIni(lines.join("\n"), "config");
}

const sessions = [
  "[sso-session one]",
  `sso_start_url = ${one}`,
  "[sso-session 'second of two']",
  `sso_start_url = ${two}/#/`,
  "[sso-session bare]",
];

test("startUrlsOf() has each session of the file, empty without a start URL, the last of a repeated one", () => {
  const text = file(...sessions, "[sso-session one]", `sso_start_url = ${two}`);
  expect([...startUrlsOf(text)]).toEqual([
    ["one", two],
    ["second of two", `${two}/#/`],
    ["bare", ""],
  ]);
});

describe("namesOfOtherPortals()", () => {
  const cases: Record<string, { lines: string[]; isTaken: boolean }> = {
    "a profile of another portal's session": { lines: ["sso_session = one"], isTaken: true },
    "a profile of a session without a start URL": { lines: ["sso_session = bare"], isTaken: true },
    "a profile with a start URL of its own": { lines: [`sso_start_url = ${one}`], isTaken: true },
    "a profile of this session": { lines: ["sso_session = two"], isTaken: false },
    "a profile of this portal's session under another name": {
      lines: ["sso_session = second of two"],
      isTaken: false,
    },
    "a profile with this portal's start URL": { lines: [`sso_start_url = ${two}/`], isTaken: false },
    "a profile whose session has no section": { lines: ["sso_session = gone"], isTaken: false },
    "a profile without Identity Center": { lines: ["region = eu-west-1"], isTaken: false },
    "a profile with empty settings": { lines: ["sso_session =", "sso_start_url ="], isTaken: false },
  };
  for (const [what, { lines, isTaken }] of Object.entries(cases)) {
    test(`namesOfOtherPortals() ${isTaken ? "has" : "does not have"} ${what}`, () => {
      const names = namesOfOtherPortals(file(...sessions, "[profile acct-Role]", ...lines), session);
      expect([...names]).toEqual(isTaken ? ["acct-Role"] : []);
    });
  }
});

describe("namesLosingTheirPortal()", () => {
  const profile = (account: string): ConfigSection => ({
    kind: "profile",
    name: `new-${account}`,
    lines: [
      { key: "sso_account_id", value: account },
      { key: "sso_role_name", value: "Ops" },
    ],
  });
  const text = (startUrl: string, user = "two") =>
    file(
      "[sso-session two]",
      `sso_start_url = ${startUrl}`,
      "[profile old]",
      `sso_session = ${user}`,
      "sso_account_id = 111111111111",
      "sso_role_name = Ops",
    );

  test("namesLosingTheirPortal() has a profile whose account and role the new portal does not have", () => {
    expect(namesLosingTheirPortal(text(one), session, [profile("222222222222")])).toEqual(["old"]);
  });

  test("namesLosingTheirPortal() is empty where the portal has moved, and where it is the same", () => {
    expect(namesLosingTheirPortal(text(one), session, [profile("111111111111")])).toEqual([]);
    expect(namesLosingTheirPortal(text(`${two}/`), session, [])).toEqual([]);
    expect(namesLosingTheirPortal(text(one, "other"), session, [])).toEqual([]);
    expect(namesLosingTheirPortal(text(""), session, [])).toEqual([]);
    expect(namesLosingTheirPortal(file(), session, [])).toEqual([]);
  });
});
