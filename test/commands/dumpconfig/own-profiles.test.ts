import { describe, expect, test } from "bun:test";
import { helperLine, ownProfiles, withoutProfiles } from "../../../src/commands/dumpconfig/own-profiles.ts";
import type { ConfigSection } from "../../../src/config/config-section.ts";
import { parseIni } from "../../../src/config/ini.ts";

const url = "https://d-1234567890.awsapps.com/start";
const session: ConfigSection = {
  kind: "sso-session",
  name: "my-sso",
  lines: [{ key: "sso_start_url", value: url }],
};
const sso = "sso_session = my-sso\nsso_account_id = 012345678901\nsso_role_name = Ops\n";

const found = (text: string) => ownProfiles(parseIni(text, "config"), session);
const ours = { name: "a-Ops", accountId: "012345678901", role: "Ops", isUntouched: true };

describe("ownProfiles()", () => {
  const cases: Record<string, [text: string, found: readonly object[]]> = {
    "takes what this program writes": [
      `[profile a-Ops]\n${sso}#region = us-east-1\n\n[profile b]\nregion = x\n`,
      [ours],
    ],
    "takes a region": [`[profile a-Ops]\n${sso}region = eu-west-1\n`, [ours]],
    "takes its command line": [
      `[profile a-Ops]\ncredential_process = ${helperLine("my-sso", "012345678901", "Ops")}\n`,
      [ours],
    ],
    "takes a session of another name for the same portal": [
      `[sso-session old]\nsso_start_url = ${url}/\n[profile a-Ops]\n${sso.replace("my-sso", "old")}`,
      [ours],
    ],
    "sees a further setting": [`[profile a-Ops]\n${sso}output = json\n`, [{ ...ours, isUntouched: false }]],
    "sees a comment": [`[profile a-Ops]\n# mine\n${sso}`, [{ ...ours, isUntouched: false }]],
    "sees a comment in a line": [
      `[profile a-Ops]\n${sso.replace("Ops\n", "Ops # mine\n")}`,
      [{ ...ours, isUntouched: false }],
    ],
    "sees another command line": [
      `[profile a-Ops]\ncredential_process = /opt/aws-login dumpcreds --sso-session my-sso --sso-acct-id 012345678901 --sso-role-name Ops\n`,
      [{ ...ours, isUntouched: false }],
    ],
    "leaves a comment before the next section to that one": [
      `[profile a-Ops]\n${sso}\n# next\n[profile b]\n`,
      [ours],
    ],
    "leaves out another portal": [
      `[sso-session other]\nsso_start_url = https://d-0987654321.awsapps.com/start\n[profile a-Ops]\n${sso.replace("my-sso", "other")}`,
      [],
    ],
    "leaves out a name with two sections": [`[profile a-Ops]\n${sso}[profile a-Ops]\nregion = x\n`, []],
    "leaves out another program": [`[profile a-Ops]\ncredential_process = other dumpcreds\n`, []],
    "leaves out the default profile": [`[default]\n${sso}`, []],
  };
  for (const [sentence, [text, profiles]] of Object.entries(cases)) {
    test(`ownProfiles() ${sentence}`, () => expect(found(text)).toEqual([...profiles] as never));
  }
});

describe("withoutProfiles()", () => {
  const removed = (text: string) => withoutProfiles(parseIni(text, "config"), new Set(["a"]));
  test("withoutProfiles() removes a section in the middle and keeps the comment of the next", () => {
    expect(removed(`# top\n[profile z]\nx = 1\n\n[profile a]\n${sso}\n# next\n[profile b]\ny = 2\n`)).toBe(
      "# top\n[profile z]\nx = 1\n\n# next\n[profile b]\ny = 2\n",
    );
  });
  test("withoutProfiles() leaves no blank line at the end", () => {
    expect(removed(`[profile z]\nx = 1\n\n[profile a]\n${sso}`)).toBe("[profile z]\nx = 1\n");
  });
  test("withoutProfiles() removes the only section", () => {
    expect(removed(`[profile a]\n${sso}#region = us-east-1\n`)).toBe("");
  });
});
