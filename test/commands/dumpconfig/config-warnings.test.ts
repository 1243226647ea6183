import { describe, expect, test } from "bun:test";
import { mergeWarnings } from "../../../src/commands/dumpconfig/config-warnings.ts";
import type { ConfigSection } from "../../../src/config/config-section.ts";

function profile(name: string, settings: Readonly<Record<string, string>>): ConfigSection {
  return { kind: "profile", name, lines: Object.entries(settings).map(([key, value]) => ({ key, value })) };
}

const ops = profile("dev-Ops", {
  sso_session: "my-sso",
  sso_account_id: "222222222222",
  region: "eu-west-1",
});
const target = profile("prod-Deploy", { source_profile: "dev-Ops" });

function changed(key: string, before: string, section = ops) {
  return mergeWarnings({ replaced: [{ section, key, before }], left: [] }, "config", []);
}

describe("mergeWarnings()", () => {
  test("mergeWarnings() names the setting that stays in a profile, its line and the tool that uses it", () => {
    const left = [{ section: ops, has: { key: "role_arn", file: "config", line: 7 } }];
    expect(mergeWarnings({ replaced: [], left }, "config", [])).toEqual([
      "[profile dev-Ops] is left as it is: it has a source of its own, role_arn (config:7); rename it to have both",
    ]);
    expect(mergeWarnings({ replaced: [], left }, "config", [target])).toEqual([
      "[profile dev-Ops] is left as it is: it has a source of its own, role_arn (config:7), and [profile prod-Deploy] will use it; rename it to have both",
    ]);
  });

  test("mergeWarnings() has the old and the new value of a setting that decides the identity", () => {
    expect(changed("sso_account_id", "111111111111")).toEqual([
      "in config the sso_account_id of [profile dev-Ops] was 111111111111 and is 222222222222 now",
    ]);
    expect(changed("source_profile", "old", target)).toEqual([
      "in config the source_profile of [profile prod-Deploy] was old and is dev-Ops now",
    ]);
  });

  test("mergeWarnings() is silent about the region of a profile, and about a setting that was empty", () => {
    expect(changed("region", "us-east-1")).toEqual([]);
    expect(changed("sso_account_id", "")).toEqual([]);
  });

  test("mergeWarnings() has one warning for the same change of many profiles", () => {
    const replaced = Array.from({ length: 10 }, (_, index) => ({
      section: profile(`p${index}`, { sso_session: "my-sso" }),
      key: "sso_session",
      before: "old",
    }));
    expect(mergeWarnings({ replaced, left: [] }, "config", [])).toEqual([
      "in config the sso_session of [profile p0], [profile p1], [profile p2], [profile p3], [profile p4], [profile p5], [profile p6], [profile p7] and 2 more was old and is my-sso now",
    ]);
  });

  test("mergeWarnings() has the old and the new sso_region of a session", () => {
    const session: ConfigSection = { ...profile("corp", { sso_region: "us-east-1" }), kind: "sso-session" };
    expect(changed("sso_region", "eu-west-1", session)).toEqual([
      "the sso_region of [sso-session corp] was eu-west-1 and is us-east-1 now, the region of this sign-in",
    ]);
    expect(changed("sso_region", "", session)).toEqual([]);
  });
});
