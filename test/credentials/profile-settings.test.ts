import { describe, expect, test } from "bun:test";
import { profileKeys, sourceKinds, whyEmpty } from "../../src/credentials/profile-settings.ts";
import { configPath, credentialsPath, profileOf, sharedFrom } from "../config/from-text.ts";
import { failureOf, shownText } from "../support/failure.ts";

/** The profile `p` of both files. */
function profileIn(config: string, credentials: string) {
  const profile = sharedFrom(config, credentials).profile("p");
  if (profile === undefined) throw new Error("the profile p was not found");
  return profile;
}

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

describe("profileKeys()", () => {
  const keys = ["aws_access_key_id = AKIAMADEUP", "aws_secret_access_key = made/up+secret"];
  const credentials = { accessKeyId: "AKIAMADEUP", secretAccessKey: "made/up+secret" };
  const from = `profile p (${configPath}:2)`;

  const found: Record<string, [lines: string[], more: object]> = {
    "long-term keys": [keys, {}],
    "a session's": [[...keys, "aws_session_token = t=="], { sessionToken: "t==" }],
    "a token under its older name": [[...keys, "aws_security_token = t"], { sessionToken: "t" }],
    "the newer name first": [
      [...keys, "aws_security_token = old", "aws_session_token = new"],
      { sessionToken: "new" },
    ],
    "the account, zero included": [[...keys, "aws_account_id = 012345678901"], { accountId: "012345678901" }],
    "no empty token": [[...keys, "aws_session_token ="], {}],
  };
  test.each(Object.entries(found))("finds %s", (_, [lines, more]) => {
    expect(profileKeys(profileOf(...lines)) as unknown).toEqual({
      kind: "keys",
      from,
      credentials: { ...credentials, ...more },
    });
  });

  test("says where in the credentials file they stand", () => {
    const profile = profileIn("[profile p]\nregion = r", `[p]\n\n${keys.join("\n")}`);
    expect(profileKeys(profile)).toMatchObject({ from: `profile p (${credentialsPath}:3)` });
  });

  test("finds none where there is no access key", () => {
    expect(profileKeys(profileOf("aws_secret_access_key = s", "aws_session_token = t"))).toBeUndefined();
  });

  const halves: Record<string, string[]> = {
    "without a secret": ["aws_access_key_id = AKIAMADEUP"],
    "with an empty secret": ["aws_access_key_id = AKIAMADEUP", "aws_secret_access_key ="],
  };
  test.each(Object.entries(halves))("refuses an access key %s", async (_, lines) => {
    const failure = await failureOf(() => profileKeys(profileOf(...lines)));
    expect(failure.message).toBe(
      `cannot use the keys of profile p: aws_access_key_id stands at ${configPath}:2, aws_secret_access_key nowhere`,
    );
    expect(shownText(failure)).toContain("aws configure --profile p");
  });
});

describe("whyEmpty()", () => {
  test("says that there is nothing", () => {
    expect(whyEmpty(undefined)).toBe("it holds no credentials");
    expect(whyEmpty(profileOf("region = eu-west-3"))).toBe("it holds no credentials");
  });

  test.each(["sso_session = s", "sso_start_url = https://d-1.awsapps.com/start"])(
    "says what %s lacks",
    (line) => {
      expect(whyEmpty(profileOf(line))).toBe(
        `it has neither sso_account_id nor sso_role_name beside its Identity Center (${configPath}:2)`,
      );
    },
  );
});

test("profileKeys() hints at a command that a shell takes as it stands", () => {
  const profile = sharedFrom('[profile "my prof"]\naws_access_key_id = AKIA\n').profile("my prof");
  if (profile === undefined) throw new Error("the profile was not found");
  const failure = failureOf(() => profileKeys(profile));
  return expect(failure).resolves.toMatchObject({
    hints: ["complete it with: aws configure --profile 'my prof'"],
  });
});
