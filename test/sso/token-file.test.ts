import { describe, expect, test } from "bun:test";
import {
  formatToken,
  parseToken,
  readTokenFile,
  tokenFilePath,
  whyNoToken,
} from "../../src/sso/token-file.ts";
import { failureOf, shownText } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";

/** As the AWS CLI writes it, byte for byte. */
const written =
  '{"startUrl": "https://d-1.awsapps.com/start", "region": "us-east-1", "accessToken": "made-up-token", "expiresAt": "2030-01-31T12:00:00Z", "clientId": "id", "clientSecret": "made-up-secret", "registrationExpiresAt": "2030-04-30T12:00:00Z", "refreshToken": "made-up-refresh"}';

describe("parseToken()", () => {
  test("parseToken() reads what the AWS CLI writes", () => {
    expect(parseToken(written)).toMatchObject({
      startUrl: "https://d-1.awsapps.com/start",
      region: "us-east-1",
      accessToken: "made-up-token",
      expiresAt: "2030-01-31T12:00:00Z",
      clientId: "id",
      clientSecret: "made-up-secret",
      registrationExpiresAt: "2030-04-30T12:00:00Z",
      refreshToken: "made-up-refresh",
    });
  });

  test("parseToken() needs a token and its end, and nothing else", () => {
    expect(parseToken('{"accessToken": "t", "expiresAt": "x"}')).toEqual({
      accessToken: "t",
      expiresAt: "x",
      fields: { accessToken: "t", expiresAt: "x" },
    });
    expect(parseToken('{"accessToken": "t"}')).toBeUndefined();
    expect(parseToken('{"expiresAt": "x"}')).toBeUndefined();
    expect(parseToken('{"accessToken": 1, "expiresAt": "x"}')).toBeUndefined();
    expect(parseToken("")).toBeUndefined();
  });
});

test("whyNoToken() names the file without a token, and shows nothing of it", () => {
  const said = "/a.json is not a JSON object with accessToken and expiresAt";
  expect(whyNoToken("/a.json", written.slice(0, -1))).toBe(said);
  expect(whyNoToken("/a.json", "")).toBe(said);
  expect(whyNoToken("/a.json", written)).toBeUndefined();
  expect(whyNoToken("/a.json", undefined)).toBeUndefined();
});

describe("formatToken()", () => {
  test("formatToken() writes what the AWS CLI writes, byte for byte", () => {
    const token = parseToken(written);
    if (token === undefined) throw new Error("the file is not read");
    const { fields: _, ...members } = token;
    expect(formatToken(members)).toBe(written);
  });

  test("formatToken() keeps unknown members, and the order", () => {
    const before = { extra: { deep: [1] }, accessToken: "old", expiresAt: "x", startUrl: "s", more: "ünï" };
    expect(
      formatToken({ startUrl: "s", accessToken: "new", expiresAt: "y", refreshToken: "r" }, before),
    ).toBe(
      '{"extra": {"deep": [1]}, "accessToken": "new", "expiresAt": "y", "startUrl": "s", "more": "\\u00fcn\\u00ef", "refreshToken": "r"}',
    );
  });

  test("formatToken() keeps a member of any name", () => {
    const text = '{"accessToken": "t", "expiresAt": "x", "__proto__": {"region": "r"}, "constructor": 1}';
    const { fields, ...members } = parseToken(text) ?? { accessToken: "", expiresAt: "", fields: {} };
    expect(formatToken(members, fields)).toBe(text);
  });

  test("formatToken() drops a refresh token that the new sign-in does not have", () => {
    const before = { accessToken: "old", expiresAt: "x", refreshToken: "spent" };
    expect(formatToken({ accessToken: "new", expiresAt: "y" }, before)).not.toContain("spent");
  });
});

describe("tokenFilePath()", () => {
  const cases: Record<string, string> = {
    "file:///a/b.json": "/a/b.json",
    "file://b.json": "b.json",
    "file://~/b.json": "/home/me/b.json",
    "~/b.json": "/home/me/b.json",
    "b.json": "b.json",
  };
  for (const [value, path] of Object.entries(cases)) {
    test(`tokenFilePath() reads ${value}`, () => {
      expect(tokenFilePath(value, {}, "/home/me")).toBe(path);
    });
  }
});

describe("readTokenFile()", () => {
  test("readTokenFile() reads the token", async () => {
    const system = fakeSystem({ files: { "/t.json": '{"accessToken": "t", "expiresAt": "x"}' } });
    expect((await readTokenFile("file:///t.json", system, "/home/me")).token.accessToken).toBe("t");
  });

  const wrong: Record<string, [string | Error | undefined, string]> = {
    "that does not exist": [undefined, "it does not exist"],
    "that cannot be read": [new Error("EACCES"), "EACCES"],
    "that is no token": ['{"accessToken": "canary"}', "not a JSON object with accessToken and expiresAt"],
    "that is no JSON": ["canary", "not a JSON object with accessToken and expiresAt"],
    "that is a client's registration": [
      '{"clientId": "id", "clientSecret": "canary", "expiresAt": "x"}',
      "it is a client registration, not a token",
    ],
    "whose refresh token is sealed": [
      '{"accessToken": "canary", "expiresAt": "x", "refreshToken": "sealed:1:canary:canary"}',
      "its secrets are sealed for the own cache",
    ],
  };
  for (const [name, [text, message]] of Object.entries(wrong)) {
    test(`readTokenFile() names a file ${name}, and shows nothing of it`, async () => {
      const system = fakeSystem({ files: text === undefined ? {} : { "/t.json": text } });
      const failure = await failureOf(() => readTokenFile("/t.json", system, undefined));
      expect(failure.message).toContain("/t.json");
      expect(failure.message).toContain(message);
      expect(failure.hints).toHaveLength(1);
      expect(shownText(failure)).not.toContain("canary");
    });
  }
});
