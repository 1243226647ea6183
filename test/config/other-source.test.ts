import { expect, test } from "bun:test";
import { parseIni } from "../../src/config/ini.ts";
import { otherSource, wantedValue } from "../../src/config/other-source.ts";
import type { WantedSection } from "../../src/config/section-text.ts";
import { failureOf } from "./from-text.ts";

const wanted: WantedSection = {
  kind: "profile",
  name: "dev-Ops",
  lines: [{ comment: "#region = us-east-1" }, { key: "sso_session", value: "my-sso" }],
};

function found(...texts: string[]) {
  return texts.flatMap((text, index) => {
    const file = parseIni(text, `file ${index}`);
    return file.sections.map((section) => ({ file, section }));
  });
}

test("otherSource names the first such setting of all the sections, with its file and line", () => {
  const sections = found("[profile dev-Ops]\nregion = x\n", "[dev-Ops]\nrole_arn = x\nlogin_session = y\n");
  expect(otherSource(sections, wanted, undefined)).toEqual({ key: "role_arn", file: "file 1", line: 2 });
});

test("otherSource has nothing against a section that is no profile, or against none", () => {
  const session: WantedSection = { ...wanted, kind: "sso-session" };
  expect(otherSource(found("[sso-session dev-Ops]\nrole_arn = x\n"), session, undefined)).toBeUndefined();
  expect(otherSource([], wanted, undefined)).toBeUndefined();
});

test("otherSource refuses a section of the credentials file that cannot be read", () => {
  expect(failureOf(() => otherSource(found("[dev-Ops]\nkey\n"), wanted, undefined)).message).toBe(
    "cannot parse file 0: line 2 has no = between a name and a value",
  );
});

test("wantedValue finds the value of a setting, and none of a comment", () => {
  expect(wantedValue(wanted, "sso_session")).toBe("my-sso");
  expect(wantedValue(wanted, "region")).toBeUndefined();
});
