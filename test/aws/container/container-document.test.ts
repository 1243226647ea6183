import { describe, expect, test } from "bun:test";
import { readContainerDocument, readContainerError } from "../../../src/aws/container/container-document.ts";

const whole = {
  AccessKeyId: "ASIAMADEUP",
  SecretAccessKey: "made-up-secret",
  Token: "made-up-token",
  Expiration: "2030-01-31T12:00:00Z",
};
const lacks = "responded without AccessKeyId, SecretAccessKey, Token or a readable Expiration";

describe("readContainerDocument()", () => {
  test("readContainerDocument() reads the four members, and AccountId as text", () => {
    const body = JSON.stringify({ ...whole, AccountId: "012345678901", RoleArn: "arn:aws:iam::1:role/x" });
    expect(readContainerDocument(body, undefined)).toEqual({
      accessKeyId: "ASIAMADEUP",
      secretAccessKey: "made-up-secret",
      sessionToken: "made-up-token",
      expiration: Date.UTC(2030, 0, 31, 12),
      accountId: "012345678901",
    });
  });

  test("readContainerDocument() does without AccountId, and does not take one that is a number", () => {
    expect(readContainerDocument(JSON.stringify(whole), undefined)).not.toHaveProperty("accountId");
    expect(
      readContainerDocument(JSON.stringify({ ...whole, AccountId: 12345678901 }), undefined),
    ).not.toHaveProperty("accountId");
  });

  for (const name of Object.keys(whole)) {
    test(`readContainerDocument() finds that ${name} is missing, empty or no text`, () => {
      for (const value of [undefined, "", null, 1]) {
        expect(readContainerDocument(JSON.stringify({ ...whole, [name]: value }), undefined)).toEqual({
          why: lacks,
        });
      }
    });
  }

  const wrong: Record<string, [body: string, why: string]> = {
    "text that is no JSON": ["Not JSON", "responded with something that is not a JSON object"],
    "an empty body": ["", "responded with something that is not a JSON object"],
    "a list": ["[]", "responded with something that is not a JSON object"],
    "an error document of ECS": ['{"code": "Oops", "message": "no role"}', `${lacks}: Oops: no role`],
    "an error document with capitals": ['{"Code": "Oops", "Message": "no role"}', `${lacks}: Oops: no role`],
  };
  for (const [sentence, [body, why]] of Object.entries(wrong)) {
    test(`readContainerDocument() tells what is wrong with ${sentence}`, () => {
      expect(readContainerDocument(body, undefined)).toEqual({ why });
    });
  }
});

test("readContainerDocument() leaves the token out of an error that it repeats", () => {
  const body = JSON.stringify({ code: "Denied", message: "not with made-up-token" });
  expect(readContainerDocument(body, "made-up-token")).toEqual({
    why: "responded without AccessKeyId, SecretAccessKey, Token or a readable Expiration: Denied: not with (a secret, left out)",
  });
});

describe("readContainerError()", () => {
  const plain = new Headers({ "content-type": "text/plain; charset=utf-8" });
  const html = new Headers({ "content-type": "text/html" });
  const cases: Record<string, [status: number, headers: Headers, body: string, told: string]> = {
    "code and message of ECS": [
      400,
      new Headers(),
      '{"code":"InvalidIdInRequest","message":"no such id"}',
      "status 400: InvalidIdInRequest: no such id",
    ],
    "a message alone": [500, new Headers(), '{"Message":"broken"}', "status 500: broken"],
    "the first line of a plain text": [
      403,
      plain,
      "AccessDenied: not you\nat agent.go:17",
      "status 403: AccessDenied: not you",
    ],
    "a text without a type": [404, new Headers(), "no such role", "status 404: no such role"],
    "the status alone of a page": [502, html, "<html>made-up</html>", "status 502"],
    "the status alone of a page that claims to be plain": [502, plain, " <html>made-up</html>", "status 502"],
    "the status alone of JSON that has lost its beginning": [
      500,
      plain,
      '"x","SecretAccessKey":"made-up"}',
      "status 500",
    ],
    "the status alone of an empty body": [503, plain, "", "status 503"],
  };
  for (const [sentence, [status, headers, body, told]] of Object.entries(cases)) {
    test(`readContainerError() tells ${sentence}`, () => {
      expect(readContainerError(status, headers, body, undefined)).toBe(`responded with ${told}`);
    });
  }

  test("readContainerError() says that a redirect is not followed", () => {
    expect(readContainerError(302, plain, "Found", undefined)).toBe(
      "responded with a redirect (302), which is not followed",
    );
  });

  test("readContainerError() leaves out the token that the response repeats", () => {
    const told = readContainerError(401, plain, "bad token: made-up-token", "made-up-token");
    expect(told).toBe("responded with status 401: bad token: (a secret, left out)");
  });

  test("readContainerError() leaves no part of a long token where the line is cut", () => {
    const token = "made-up-".repeat(100);
    const told = readContainerError(401, plain, `bad token: ${token}`, token);
    expect(told).toBe("responded with status 401: bad token: (a secret, left out)");
  });

  test("readContainerError() cuts a very long line", () => {
    expect(readContainerError(500, plain, "x".repeat(5000), undefined).length).toBeLessThan(350);
  });
});
