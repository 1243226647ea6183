import { expect, test } from "bun:test";
import { parseIni } from "../../src/config/ini.ts";
import { sectionFinder } from "../../src/config/section-finder.ts";

const text = `[default]
x = 1
[profile a]
x = 2
[profile 'my b']
x = 3
[sso-session a]
[profile  "a"]
x = 4
[other a]
`;

test("sectionFinder() finds the same sections at the first look-up and at later ones", () => {
  const file = parseIni(text, "/config");
  const wanted = [
    ["profile", "default", 1],
    ["profile", "a", 2],
    ["profile", "my b", 1],
    ["sso-session", "a", 1],
    ["services", "a", 0],
    ["profile", "b", 0],
  ] as const;
  for (const [kind, name, count] of wanted) {
    const later = sectionFinder(file);
    for (let lookup = 0; lookup < 20; lookup++) later(kind, name);
    expect(sectionFinder(file)(kind, name)).toHaveLength(count);
    expect(later(kind, name)).toEqual(sectionFinder(file)(kind, name));
  }
});

test("sectionFinder() lets [profile default] displace [default]", () => {
  const find = sectionFinder(parseIni("[default]\nx = 1\n[profile default]\nx = 2\n", "/config"));
  for (let lookup = 0; lookup < 20; lookup++) {
    expect(find("profile", "default").map(({ header }) => header)).toEqual(["profile default"]);
  }
});
