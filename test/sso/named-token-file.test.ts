import { describe, expect, test } from "bun:test";
import { readTokenFile, tokenFilePath } from "../../src/sso/named-token-file.ts";
import { failureOf, shownText } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";

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
    "that is no token": ['{"accessToken": "canary"}', "no JSON object with accessToken and expiresAt"],
    "that is no JSON": ["canary", "no JSON object with accessToken and expiresAt"],
    "that is a client's registration": [
      '{"clientId": "id", "clientSecret": "canary", "expiresAt": "x"}',
      "it is a client registration, not a token",
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
