import { expect, test } from "bun:test";
import {
  type ConfigSection,
  sectionText,
  settingText,
  settingValue,
} from "../../src/config/config-section.ts";

test("sectionText() has the header, a line for each setting, and comments as they are", () => {
  const lines = [{ key: "region", value: "eu-west-1" }, { comment: "#sso_start_url = ?" }];
  expect(sectionText({ kind: "profile", name: "prod", lines }, "\r\n")).toBe(
    "[profile prod]\r\nregion = eu-west-1\r\n#sso_start_url = ?\r\n",
  );
});

test("sectionText() quotes a name that needs it", () => {
  const names = ["my-sso", "my sso", "it's mine", "büro"];
  expect(names.map((name) => sectionText({ kind: "sso-session", name, lines: [] }, "\n"))).toEqual([
    "[sso-session my-sso]\n",
    "[sso-session 'my sso']\n",
    '[sso-session "it\'s mine"]\n',
    "[sso-session büro]\n",
  ]);
});

test("settingText() has a blank on both sides of the equals sign", () => {
  expect(settingText({ key: "region", value: "eu-west-1" })).toBe("region = eu-west-1");
});

test("settingValue() is the value of a setting, and undefined for a comment", () => {
  const section: ConfigSection = {
    kind: "profile",
    name: "dev-Ops",
    lines: [{ comment: "#region = us-east-1" }, { key: "sso_session", value: "my-sso" }],
  };
  expect(settingValue(section, "sso_session")).toBe("my-sso");
  expect(settingValue(section, "region")).toBeUndefined();
});
