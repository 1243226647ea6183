import { describe, expect, test } from "bun:test";
import { propertyLocation, propertyOf } from "../../src/config/section.ts";
import { sourceKinds } from "../../src/credentials/profile-settings.ts";
import { configPath, profileOf, sharedFrom } from "../config/from-text.ts";

/** The profile `p` of both files. */
function profileIn(config: string, credentials: string) {
  const profile = sharedFrom(config, credentials).profile("p");
  if (profile === undefined) throw new Error("the profile p was not found");
  return profile;
}

describe("propertyOf()", () => {
  test("takes an empty setting for none", () => {
    const profile = profileOf("region =", "output = json");
    expect(propertyOf(profile, "region")).toBeUndefined();
    expect(propertyOf(profile, "absent")).toBeUndefined();
    expect(propertyOf(profile, "output")?.value).toBe("json");
  });
});

test("propertyLocation() names file and line", () => {
  const setting = propertyOf(profileOf("output = json", "region = eu-west-3"), "region");
  expect(setting && propertyLocation(setting)).toBe(`${configPath}:3`);
});

describe("sourceKinds", () => {
  const keys = ["aws_access_key_id = AKIA", "aws_secret_access_key = s"];
  /** What the profile is taken for, first choice first. */
  const kinds = (...lines: string[]) =>
    sourceKinds.filter((kind) => kind.trigger(profileOf(...lines)) !== undefined).map(({ name }) => name);

  const profiles: Record<string, [lines: string[], kinds: string[]]> = {
    "a role": [["role_arn = a", "source_profile = b"], ["role"]],
    "a role of a web identity, which is no role": [
      ["role_arn = a", "web_identity_token_file = /t"],
      ["web-identity"],
    ],
    "an account of Identity Center": [["sso_account_id = 1"], ["sso"]],
    "a role of Identity Center": [["sso_role_name = a"], ["sso"]],
    "a session alone, which gives no credentials": [["sso_session = s"], []],
    "keys of the config file": [keys, ["keys"]],
    "a login": [["login_session = a"], ["login"]],
    "a process": [["credential_process = a"], ["process"]],
    "a process and keys in the config file": [
      ["credential_process = a", ...keys],
      ["keys", "process"],
    ],
    "a login and keys in the config file": [
      ["login_session = a", ...keys],
      ["login", "keys"],
    ],
    "Identity Center and keys": [
      ["sso_account_id = 1", ...keys],
      ["sso", "keys"],
    ],
    "empty settings": [["role_arn =", "credential_process ="], []],
    "a secret key alone": [["aws_secret_access_key = s"], []],
  };
  test.each(Object.entries(profiles))("of %s", (_, [lines, expected]) => {
    expect(kinds(...lines)).toEqual(expected as ReturnType<typeof kinds>);
  });

  test("put keys of the credentials file before a login, and after Identity Center", () => {
    const config = "[profile p]\nlogin_session = a\nsso_account_id = 1\n";
    const profile = profileIn(config, `[p]\n${keys.join("\n")}`);
    const names = sourceKinds.filter((kind) => kind.trigger(profile) !== undefined).map(({ name }) => name);
    expect(names).toEqual(["sso", "keys", "login", "keys"]);
  });
});
