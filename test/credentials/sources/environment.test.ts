import { describe, expect, test } from "bun:test";
import { environmentKeys } from "../../../src/credentials/sources/environment.ts";
import type { Environment } from "../../../src/system/types.ts";
import { failureOf, shownText } from "../../support/failure.ts";

const keys = { AWS_ACCESS_KEY_ID: "AKIAMADEUP", AWS_SECRET_ACCESS_KEY: "made/up+secret" };
const credentials = { accessKeyId: "AKIAMADEUP", secretAccessKey: "made/up+secret" };

const read = (env: Environment) => environmentKeys(env);

describe("environmentKeys()", () => {
  const found: Record<string, [env: Environment, credentials: object]> = {
    "finds long-term keys": [keys, credentials],
    "finds a session's": [
      { ...keys, AWS_SESSION_TOKEN: "made/up+token==" },
      { ...credentials, sessionToken: "made/up+token==" },
    ],
    "finds the token by its older name": [
      { ...keys, AWS_SECURITY_TOKEN: "older" },
      { ...credentials, sessionToken: "older" },
    ],
    "prefers the token's newer name": [
      { ...keys, AWS_SESSION_TOKEN: "newer", AWS_SECURITY_TOKEN: "older" },
      { ...credentials, sessionToken: "newer" },
    ],
    "takes blank for unset": [
      {
        ...keys,
        AWS_SESSION_TOKEN: " ",
        AWS_SECURITY_TOKEN: "",
        AWS_ACCOUNT_ID: "\t",
        AWS_CREDENTIAL_EXPIRATION: "",
      },
      credentials,
    ],
    "finds the account, zero included": [
      { ...keys, AWS_ACCOUNT_ID: "012345678901" },
      { ...credentials, accountId: "012345678901" },
    ],
    "finds the end of their life": [
      { ...keys, AWS_CREDENTIAL_EXPIRATION: "2030-01-31T12:00:00Z" },
      { ...credentials, expiration: Date.UTC(2030, 0, 31, 12) },
    ],
    "leaves the values as they are": [
      { AWS_ACCESS_KEY_ID: " AKIA ", AWS_SECRET_ACCESS_KEY: "a b " },
      { accessKeyId: " AKIA ", secretAccessKey: "a b " },
    ],
  };
  test.each(Object.entries(found))("%s", (_, [env, expected]) => {
    expect(read(env) as unknown).toEqual({ kind: "found", credentials: expected });
  });

  const absent: Record<string, Environment> = {
    "an empty environment": {},
    "a secret key alone": { AWS_SECRET_ACCESS_KEY: "made-up", AWS_SESSION_TOKEN: "made-up" },
    "blank keys": { AWS_ACCESS_KEY_ID: " ", AWS_SECRET_ACCESS_KEY: " " },
  };
  test.each(Object.entries(absent))("passes over %s", (_, env) => {
    expect(read(env)).toEqual({ kind: "absent", why: "AWS_ACCESS_KEY_ID is not set" });
  });

  test.each([undefined, "", " "])("refuses an access key whose secret is %j", async (secret) => {
    const failure = await failureOf(() => read({ ...keys, AWS_SECRET_ACCESS_KEY: secret }));
    expect(failure.message).toBe(
      "cannot use the keys of the environment: AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not",
    );
    expect([failure.kind, failure.hints.length]).toEqual(["failed", 1]);
  });

  test("refuses a time that is none, by its name", async () => {
    const failure = await failureOf(() => read({ ...keys, AWS_CREDENTIAL_EXPIRATION: "soon" }));
    expect(failure.message).toBe(
      'cannot use the keys of the environment: AWS_CREDENTIAL_EXPIRATION is not a time: "soon"',
    );
    expect(shownText(failure)).not.toContain("made/up");
  });
});
