import { describe, expect, test } from "bun:test";
import type { ConfigSection } from "../../src/config/config-section.ts";
import { parseIni } from "../../src/config/ini.ts";
import { sourceConflict } from "../../src/config/source-conflict.ts";
import { failureOf } from "./from-text.ts";

const wanted: ConfigSection = {
  kind: "profile",
  name: "dev-Ops",
  lines: [{ comment: "#region = us-east-1" }, { key: "sso_session", value: "my-sso" }],
};

const none = { wanted: undefined, startUrlOf: () => undefined };

function found(...texts: string[]) {
  return texts.flatMap((text, index) => {
    const file = parseIni(text, `file ${index}`);
    return file.sections.map((section) => ({ file, section }));
  });
}

test("sourceConflict() names the first setting of another source, with its file and line", () => {
  const sections = found("[profile dev-Ops]\nregion = x\n", "[dev-Ops]\nrole_arn = x\nlogin_session = y\n");
  expect(sourceConflict(sections, wanted, none)).toEqual({ key: "role_arn", file: "file 1", line: 2 });
});

test("sourceConflict() is undefined for a session section, and where there is no section", () => {
  const session: ConfigSection = { ...wanted, kind: "sso-session" };
  expect(sourceConflict(found("[sso-session dev-Ops]\nrole_arn = x\n"), session, none)).toBeUndefined();
  expect(sourceConflict([], wanted, none)).toBeUndefined();
});

test("sourceConflict() refuses a section that cannot be parsed", () => {
  expect(failureOf(() => sourceConflict(found("[dev-Ops]\nkey\n"), wanted, none)).message).toBe(
    "cannot parse file 0: line 2 has no = between a name and a value",
  );
});

describe("sourceConflict(), an sso_session", () => {
  const own = "https://d-1234567890.awsapps.com/start";
  const other = "https://d-0987654321.awsapps.com/start";
  const cases: Record<string, { name: string; startUrls: Record<string, string>; conflict: boolean }> = {
    "of another portal": { name: "corp", startUrls: { corp: other }, conflict: true },
    "without a start URL": { name: "corp", startUrls: { corp: "" }, conflict: true },
    "of the same portal under another name": {
      name: "corp",
      startUrls: { corp: `${own}/` },
      conflict: false,
    },
    "without a section": { name: "corp", startUrls: {}, conflict: false },
    "of the name to be written": { name: "my-sso", startUrls: { "my-sso": other }, conflict: false },
  };
  for (const [what, { name, startUrls, conflict }] of Object.entries(cases)) {
    test(`sourceConflict() ${conflict ? "finds" : "accepts"} an sso_session ${what}`, () => {
      const session: ConfigSection = {
        kind: "sso-session",
        name: "my-sso",
        lines: [{ key: "sso_start_url", value: own }],
      };
      const sections = found(`[profile dev-Ops]\nsso_session = ${name}\n`);
      const result = sourceConflict(sections, wanted, {
        wanted: session,
        startUrlOf: (each) => startUrls[each],
      });
      expect(result?.key).toBe(conflict ? "sso_session" : undefined);
    });
  }
});
