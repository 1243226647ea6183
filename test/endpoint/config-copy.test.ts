import { describe, expect, test } from "bun:test";
import { configCopy, freeProfileName, yieldingSetting } from "../../src/endpoint/config-copy.ts";
import { sharedFrom } from "../config/from-text.ts";

describe("yieldingSetting()", () => {
  const yields = [
    "aws_access_key_id = AKIA1",
    "role_arn = arn:aws:iam::1:role/A",
    "web_identity_token_file = /token",
    "sso_session = s",
    "sso_start_url = https://d-1.awsapps.com/start",
    "login_session = arn:aws:iam::1:user/a",
    "credential_process = x",
  ];
  test.each(yields)("yieldingSetting() finds %s, in either file", (line) => {
    const [key] = line.split(" ", 1);
    const text = `[default]\nregion = eu-west-1\n${line}\n`;
    expect(yieldingSetting(sharedFrom(text).profile("default"))).toBe(key);
    expect(yieldingSetting(sharedFrom("", text).profile("default"))).toBe(key);
  });

  test("yieldingSetting() finds none in settings, and in no profile", () => {
    const text =
      "[default]\nregion = eu-west-1\noutput = json\ncredential_process =\n[profile x]\nrole_arn = y\n";
    expect(yieldingSetting(sharedFrom(text).profile("default"))).toBeUndefined();
    expect(yieldingSetting(undefined)).toBeUndefined();
  });
});

test("freeProfileName() passes by the names of both files", () => {
  expect(freeProfileName(sharedFrom(""))).toBe("aws-login");
  expect(freeProfileName(sharedFrom("[profile aws-login]\n", "[aws-login-2]\n"))).toBe("aws-login-3");
});

describe("configCopy()", () => {
  const config = `# mine
[default]
region = eu-west-1
credential_process = print-keys
s3 =
  max_concurrent_requests = 20
  addressing_style = path
[profile other]
role_arn = arn:aws:iam::222222222222:role/Ops
source_profile = default`;
  const credentials =
    "[default]\naws_access_key_id = AKIA1\naws_secret_access_key = made-up\noutput = json\n";
  const shared = sharedFrom(config, credentials);
  const copy = configCopy(config, "aws-login", shared.profile("default"));

  test("configCopy() keeps the file, byte for byte", () => {
    expect(copy.startsWith(`${config}\n[profile aws-login]\n`)).toBe(true);
    expect(configCopy("", "aws-login", undefined)).toBe("[profile aws-login]\n");
  });

  test("configCopy() gives the profile the settings of both files, nested ones included, and no credentials", () => {
    const profile = sharedFrom(copy, credentials).profile("aws-login");
    const properties = [...(profile?.properties() ?? [])].map(([key, { value }]) => [key, value]);
    expect(Object.fromEntries(properties)).toMatchObject({ region: "eu-west-1", output: "json" });
    expect(yieldingSetting(profile)).toBeUndefined();
    expect([...(profile?.get("s3")?.nested ?? [])].map(([key, { value }]) => [key, value])).toEqual([
      ["max_concurrent_requests", "20"],
      ["addressing_style", "path"],
    ]);
    expect(copy).not.toContain("made-up");
  });

  test("configCopy() leaves the other profiles as they are", () => {
    const other = sharedFrom(copy, credentials).profile("other");
    expect(other?.get("source_profile")?.value).toBe("default");
  });
});
