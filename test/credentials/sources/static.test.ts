import { describe, expect, test } from "bun:test";
import { profileKeys, refuseExpiredKeys } from "../../../src/credentials/sources/static.ts";
import { configPath, credentialsPath, profileOf, sharedFrom } from "../../config/from-text.ts";
import { failureOf, shownText } from "../../support/failure.ts";

/** The profile `p` of both files. */
function profileIn(config: string, credentials: string) {
  const profile = sharedFrom(config, credentials).profile("p");
  if (profile === undefined) throw new Error("the profile p was not found");
  return profile;
}

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

  test("names the line of the credentials file", () => {
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
      `cannot use the keys of profile p: aws_access_key_id is set at ${configPath}:2, and aws_secret_access_key is missing`,
    );
    expect(shownText(failure)).toContain("aws configure --profile p");
  });
});

test("profileKeys() quotes the command of its hint for a shell", () => {
  const profile = sharedFrom('[profile "my prof"]\naws_access_key_id = AKIA\n').profile("my prof");
  if (profile === undefined) throw new Error("the profile was not found");
  const failure = failureOf(() => profileKeys(profile));
  return expect(failure).resolves.toMatchObject({
    hints: ["complete it with: aws configure --profile 'my prof'"],
  });
});

describe("profileKeys() beside a setting that applies without the keys", () => {
  const keys = "[p]\naws_access_key_id = AKIAMADEUP\naws_secret_access_key = s\n";

  test.each(["credential_process = helper", "login_session = arn:aws:iam::111111111111:user/ana"])(
    "profileKeys() names the line of %s",
    (line) => {
      const name = line.split(" ")[0];
      expect(profileKeys(profileIn(`[profile p]\n${line}\n`, keys))?.shadows).toBe(
        `${name} (${configPath}:2)`,
      );
    },
  );

  test("profileKeys() names none where there is none", () => {
    expect(profileKeys(profileIn("", keys))).not.toHaveProperty("shadows");
  });
});

test("refuseExpiredKeys() refuses keys at the moment they expire", async () => {
  const credentials = { accessKeyId: "ASIAMADEUP", secretAccessKey: "made-up", expiration: 1000 };
  const source = { kind: "keys", from: "the environment", credentials } as const;
  expect(() => refuseExpiredKeys(source, 999)).not.toThrow();
  expect((await failureOf(() => refuseExpiredKeys(source, 1000))).message).toBe(
    "cannot use the credentials of the environment: they expired at 1970-01-01T00:00:01Z",
  );
});
