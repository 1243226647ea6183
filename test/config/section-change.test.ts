import { describe, expect, test } from "bun:test";
import type { ConfigSection } from "../../src/config/config-section.ts";
import { parseIni } from "../../src/config/ini.ts";
import { applied, type SectionChange, sectionChange } from "../../src/config/section-change.ts";

const wanted: ConfigSection = {
  kind: "profile",
  name: "dev",
  lines: [
    { key: "sso_session", value: "corp" },
    { key: "region", value: "eu-west-1", placeholder: "#region = us-east-1" },
  ],
};

function changeOf(text: string): SectionChange {
  const file = parseIni(text, "config");
  return sectionChange(file, file.sections, wanted);
}

describe("sectionChange()", () => {
  test("sectionChange() has nothing to change without a section, and in one that has all", () => {
    const nothing = { edits: [], replaced: [] };
    expect(changeOf("")).toEqual(nothing);
    expect(changeOf("[profile dev]\nregion = eu-west-1\noutput = json\nsso_session = corp\n")).toEqual(
      nothing,
    );
  });

  test("sectionChange() names the setting that had another value, and the value that counted", () => {
    const text = "[profile dev]\nsso_session = first\nsso_session = last # ours\nregion = eu-west-1\n";
    const { edits, replaced } = changeOf(text);
    expect(replaced).toEqual([{ section: wanted, key: "sso_session", before: "last" }]);
    expect(applied(text, edits)).toBe(text.replace("last", "corp"));
  });

  test("sectionChange() puts a new setting in the place of its placeholder, and replaces nothing", () => {
    const text = "[profile dev]\nsso_session = corp\n#region = us-east-1\noutput = json\n";
    const { edits, replaced } = changeOf(text);
    expect(replaced).toEqual([]);
    expect(applied(text, edits)).toBe(text.replace("#region = us-east-1", "region = eu-west-1"));
  });

  test("sectionChange() adds what is missing behind the last setting, in one edit", () => {
    const text = "[profile dev]\n  output = json\n# the next one's\n";
    const at = text.indexOf("#");
    const { edits } = changeOf(text);
    expect(edits).toEqual([{ from: at, to: at, text: "  sso_session = corp\n  region = eu-west-1\n" }]);
  });
});

test("applied() takes edits in any order, and leaves the rest as it is", () => {
  const edits = [
    { from: 4, to: 4, text: "+" },
    { from: 0, to: 2, text: "" },
    { from: 2, to: 3, text: "C" },
  ];
  expect(applied("abcdef", edits)).toBe("Cd+ef");
  expect(applied("abcdef", [])).toBe("abcdef");
});
