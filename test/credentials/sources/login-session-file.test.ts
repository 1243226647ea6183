import { describe, expect, test } from "bun:test";
import {
  loginFilePath,
  parseLoginFile,
  renewedLoginText,
} from "../../../src/credentials/sources/login-session-file.ts";

const whole = {
  accessToken: {
    accessKeyId: "ASIAMADEUP",
    secretAccessKey: "made-up-secret",
    sessionToken: "made-up-token",
    accountId: "012345678901",
    expiresAt: "2030-01-31T12:00:00Z",
  },
  tokenType: "aws_sigv4",
  clientId: "arn:aws:signin:::devtools/same-device",
  refreshToken: "made-up-refresh",
  idToken: "made-up-jwt",
  dpopKey: "made-up-pem",
};

describe("loginFilePath()", () => {
  const names: Record<string, string> = {
    "arn:aws:iam::123456789012:user/Admin":
      "10cabd19777b6651ac57333b55c7c10a1242b1c2337f40e674926d7324698347",
    "arn:aws:iam::0123456789012:user/Admin":
      "36db1d138ff460920374e4c3d8e01f53f9f73537e89c88d639f68393df0e2726",
    "arn:aws:sts::012345678910:assumed-role/Admin/admin":
      "4b0ba8f99f075c0633e122fd73346ce203a3faf18ea0310eb2d29df1bab2e255",
  };
  for (const [session, name] of Object.entries(names)) {
    test(`loginFilePath() names the file of ${session} as the AWS CLI does`, () => {
      expect(loginFilePath(session, undefined, "/home/ana")).toBe(`/home/ana/.aws/login/cache/${name}.json`);
    });
  }

  test("loginFilePath() takes a folder of one's own, with a slash at its end or without", () => {
    const file = loginFilePath("x", "/cache", "/home/ana");
    expect(file).toMatch(/^\/cache\/[0-9a-f]{64}\.json$/);
    expect(loginFilePath("x", "/cache/", undefined)).toBe(file);
  });

  test("loginFilePath() is undefined without a folder and a home", () => {
    expect(loginFilePath("x", undefined, undefined)).toBeUndefined();
  });
});

describe("parseLoginFile()", () => {
  test("parseLoginFile() reads the keys and what a renewal takes", () => {
    expect(parseLoginFile(JSON.stringify({ ...whole, signInRegion: "eu-west-1" }))).toMatchObject({
      keys: {
        accessKeyId: "ASIAMADEUP",
        secretAccessKey: "made-up-secret",
        sessionToken: "made-up-token",
        expiresAt: "2030-01-31T12:00:00Z",
      },
      accountId: "012345678901",
      clientId: "arn:aws:signin:::devtools/same-device",
      refreshToken: "made-up-refresh",
      dpopKey: "made-up-pem",
      signInRegion: "eu-west-1",
    });
  });

  for (const name of ["accessKeyId", "secretAccessKey", "sessionToken", "expiresAt"]) {
    test(`parseLoginFile() has no keys where ${name} is missing`, () => {
      const accessToken = { ...whole.accessToken, [name]: undefined };
      const file = parseLoginFile(JSON.stringify({ ...whole, accessToken }));
      expect(file?.keys).toBeUndefined();
      expect(file?.refreshToken).toBe("made-up-refresh");
    });
  }

  test("parseLoginFile() takes what is no text for missing", () => {
    const file = parseLoginFile(
      '{"accessToken": "made-up", "clientId": 1, "refreshToken": "", "dpopKey": null}',
    );
    expect(file).toMatchObject({
      keys: undefined,
      clientId: undefined,
      refreshToken: undefined,
      dpopKey: undefined,
    });
  });

  test("parseLoginFile() knows a text that is not a JSON object", () => {
    for (const text of ["", "{", "[]", "null", '"made-up"']) expect(parseLoginFile(text)).toBeUndefined();
  });
});

describe("renewedLoginText()", () => {
  const keys = {
    accessKeyId: "ASIANEW",
    secretAccessKey: "made-up-new-secret",
    sessionToken: "made-up-new-token",
    expiresAt: "2030-01-31T12:15:00Z",
  };
  const renewed = (before: object, refreshToken: string | undefined) => {
    const file = parseLoginFile(JSON.stringify(before));
    if (file === undefined) throw new Error("no file");
    return renewedLoginText(file, keys, refreshToken);
  };

  test("renewedLoginText() sets the new keys and the new refresh token, and keeps everything else in its order", () => {
    const text = renewed({ ...whole, somethingNew: { cached: ["é"] } }, "made-up-rotated");
    expect(text).not.toContain("\n");
    expect(JSON.parse(text)).toEqual({
      ...whole,
      accessToken: { ...keys, accountId: "012345678901" },
      refreshToken: "made-up-rotated",
      somethingNew: { cached: ["é"] },
    });
    expect(Object.keys(JSON.parse(text))).toEqual([...Object.keys(whole), "somethingNew"]);
  });

  test("renewedLoginText() keeps the old refresh token where the response has none", () => {
    expect(JSON.parse(renewed(whole, undefined)).refreshToken).toBe("made-up-refresh");
  });
});
