import { describe, expect, test } from "bun:test";
import type { ConfigSections } from "../../../src/commands/dumpconfig/config-sections.ts";
import { type MergePlan, mergedText } from "../../../src/commands/dumpconfig/merged-text.ts";
import type { ConfigSection } from "../../../src/config/config-section.ts";
import { parseIni } from "../../../src/config/ini.ts";
import { failureOf } from "../../support/failure.ts";

const path = "/home/me/.aws/config";
const startUrl = "https://d-1234567890.awsapps.com/start";
const session: ConfigSection = {
  kind: "sso-session",
  name: "my-sso",
  lines: [{ key: "sso_start_url", value: startUrl }],
};
const profileOf = (name: string, role: string): ConfigSection => ({
  kind: "profile",
  name,
  lines: [
    { key: "sso_session", value: "my-sso" },
    { key: "sso_account_id", value: "012345678901" },
    { key: "sso_role_name", value: role },
  ],
});
const sections = (more: Partial<ConfigSections> = {}): ConfigSections => ({
  session,
  profiles: [profileOf("dev-Ops", "Ops")],
  targets: [],
  unwritable: [],
  roles: new Set(["012345678901 Ops"]),
  renames: new Map(),
  ...more,
});
const section = `[sso-session my-sso]\nsso_start_url = ${startUrl}\n`;
const written = (name: string, role: string) =>
  `[profile ${name}]\nsso_session = my-sso\nsso_account_id = 012345678901\nsso_role_name = ${role}\n`;

const merged = (before: string | undefined, more: Partial<MergePlan> = {}) =>
  mergedText({
    path,
    before,
    others: undefined,
    session,
    make: () => ({ sections: sections(), gone: [] }),
    ...more,
  });

describe("mergedText()", () => {
  test("mergedText() adds the sections to no file, and changes nothing the second time", () => {
    const { text } = merged(undefined);
    expect(text).toBe(`${section}\n${written("dev-Ops", "Ops")}`);
    expect(merged(text).text).toBe(text);
  });

  test("mergedText() tells make() the portal's own profiles and the names of other portals", () => {
    const other = "[sso-session other]\nsso_start_url = https://other.awsapps.com/start\n";
    const before = `${section}${written("mine", "Ops")}${other}[profile theirs]\nsso_session = other\n`;
    const found: unknown[] = [];
    merged(before, {
      make: ({ own, takenNames }) => {
        found.push(
          own.map(({ name }) => name),
          [...takenNames],
        );
        return { sections: sections(), gone: [] };
      },
    });
    expect(found).toEqual([["mine"], ["theirs"]]);
  });

  test("mergedText() removes what is gone, and leaves what another profile takes credentials from", () => {
    const uses = "[profile user]\nsource_profile = used\nrole_arn = arn:aws:iam::012345678901:role/R\n";
    const before = `${section}\n${written("lost", "Lost")}\n${written("used", "Used")}\n${uses}`;
    const { text, removed, needed } = merged(before, {
      make: ({ own }) => ({ sections: sections(), gone: own }),
    });
    expect({ removed, needed }).toEqual({ removed: ["lost"], needed: [{ name: "used", by: "user" }] });
    expect(text).not.toContain("[profile lost]");
  });

  test("mergedText() renames nothing that the credentials file has a section for", () => {
    const before = `${section}\n${written("old-Ops", "Ops")}`;
    const make = () => ({
      sections: sections({
        profiles: [profileOf("new-Ops", "Ops")],
        renames: new Map([["old-Ops", "new-Ops"]]),
      }),
      gone: [],
    });
    expect([...merged(before, { make }).renamed]).toEqual([["old-Ops", "new-Ops"]]);
    const others = parseIni("[old-Ops]\naws_access_key_id = A\n", "/home/me/.aws/credentials");
    expect([...merged(before, { make, others }).renamed]).toEqual([]);
  });

  test("mergedText() refuses to give another portal's session to this portal", async () => {
    const before = `[sso-session my-sso]\nsso_start_url = https://other.awsapps.com/start\n[profile theirs]\nsso_session = my-sso\n`;
    const failure = await failureOf(async () => merged(before));
    expect(failure.message).toContain(
      "it is for https://other.awsapps.com/start, and profiles use it: theirs",
    );
  });
});
