import { describe, expect, test } from "bun:test";
import { formatToken, parseToken, whyNoToken } from "../../src/sso/token-file.ts";

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

test("whyNoToken() names the file that holds none, and shows nothing of it", () => {
  const said = "/a.json is no JSON object with accessToken and expiresAt";
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

  test("formatToken() keeps what it does not know, and the order", () => {
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
