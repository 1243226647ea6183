import { describe, expect, test } from "bun:test";
import { headerTest, sectionHeader, sectionName } from "../../src/config/section-name.ts";

const profiles: Record<string, { header: string; name: string }> = {
  "reads default alone": { header: "default", name: "default" },
  "reads default behind the word profile": { header: "profile default", name: "default" },
  "reads every character that needs no quotes": { header: "profile aZ0-/.%@_:+=,", name: "aZ0-/.%@_:+=," },
  "reads letters beyond ASCII": { header: "profile müller", name: "müller" },
  "reads a name after several blanks": { header: "profile \t foo", name: "foo" },
  "reads a name after a tab": { header: "profile\tfoo", name: "foo" },
  "takes double quotes off": { header: 'profile "my prof"', name: "my prof" },
  "takes single quotes off": { header: "profile 'my prof'", name: "my prof" },
  "takes quotes off a plain name": { header: 'profile "personal"', name: "personal" },
  "takes quotes off a part of a name": { header: "profile my' 'prof", name: "my prof" },
  "reads a backslash before a blank": { header: "profile my\\ prof", name: "my prof" },
  "reads an escaped quote": { header: 'profile "a\\"b"', name: 'a"b' },
  "keeps a backslash within single quotes": { header: "profile 'a\\b'", name: "a\\b" },
};

const others: Record<string, string> = {
  "skips a bare name": "foo",
  "skips a name with blanks and no quotes": "profile in valid",
  "skips a sign that needs quotes": "profile foo!bar",
  "skips a quote that is left open": 'profile "foo',
  "skips a backslash at the end": "profile foo\\",
  "skips the word profile alone": "profile",
  "skips an empty name": 'profile ""',
  "skips the word profile in capitals": "PROFILE foo",
  "skips the word profile without a blank": "profilefoo",
  "skips the word profile in quotes": '"profile" foo',
  "skips default in capitals": "DEFAULT",
  "skips an unknown word": "sso-sesion foo",
  "skips an empty header": "",
};

describe("sectionName()", () => {
  for (const [sentence, { header, name }] of Object.entries(profiles)) {
    test(`sectionName() ${sentence}`, () => expect(sectionName(header)).toEqual({ kind: "profile", name }));
  }
  for (const [sentence, header] of Object.entries(others)) {
    test(`sectionName() ${sentence}`, () => expect(sectionName(header)).toBeUndefined());
  }
  test("sectionName() reads sessions and services", () => {
    expect(sectionName("sso-session  \tcorp")).toEqual({ kind: "sso-session", name: "corp" });
    expect(sectionName("services 'my own'")).toEqual({ kind: "services", name: "my own" });
  });
});

describe("headerTest()", () => {
  for (const [sentence, { header, name }] of Object.entries(profiles).slice(1)) {
    test(`headerTest() ${sentence}`, () => {
      expect(headerTest("profile", name)(header)).toBe(true);
      expect(headerTest("services", name)(header)).toBe(false);
      expect(headerTest("profile", `${name}x`)(header)).toBe(false);
    });
  }
  for (const [sentence, header] of Object.entries(others)) {
    test(`headerTest() ${sentence}`, () => {
      expect(headerTest("profile", header.replace("profile ", ""))(header)).toBe(false);
    });
  }
});

test("sectionHeader() quotes a name that needs it", () => {
  expect(["prod", "my prof", "it's"].map((name) => sectionHeader("profile", name))).toEqual([
    "[profile prod]",
    "[profile 'my prof']",
    `[profile "it's"]`,
  ]);
});
