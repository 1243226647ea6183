import { describe, expect, test } from "bun:test";
import { httpUrl } from "../../src/config/http-url.ts";
import { failureOf } from "./from-text.ts";

const usable: Record<string, string> = {
  "https://sts.example": "https://sts.example",
  "http://localhost:4566/": "http://localhost:4566",
  "HTTPS://sts.example/a/b//": "HTTPS://sts.example/a/b",
  "http://[fd00:ec2::254]:80": "http://[fd00:ec2::254]:80",
  "https://sts.example/a@b": "https://sts.example/a@b",
};

const unusable: Record<string, string> = {
  "a URL without a scheme": "sts.example",
  "a scheme that is not HTTP": "ftp://sts.example",
  "a scheme without slashes": "https:sts.example",
  "a missing host": "https:///path",
  "a host that is a port alone": "https://:443",
  "an impossible port": "https://sts.example:70000",
  "an unfinished IPv6 address": "http://[fd00::1",
  "a user name": "https://user@sts.example",
  "a password": "https://user:Pa55word@sts.example",
  "an empty user name": "https://@sts.example",
  "a query": "https://sts.example/?a=b",
  "an empty query": "https://sts.example?",
  "a fragment": "https://sts.example#a",
  "a blank": "https://sts.example /",
  "a line end": "https://sts.exa\nmple",
  "a backslash in the host": "https://sts.example\\@evil.example",
  "backslashes for slashes": "https:\\\\sts.example",
};

describe("httpUrl", () => {
  test("httpUrl takes no longer for a row of slashes than for other characters", () => {
    const value = `https://sts.example/${"/".repeat(300_000)}x`;
    expect(httpUrl({ value, source: "V" })).toBe(value);
  });

  for (const [value, url] of Object.entries(usable)) {
    test(`httpUrl reads ${value} as ${url}`, () => expect(httpUrl({ value, source: "V" })).toBe(url));
  }
  for (const [what, value] of Object.entries(unusable)) {
    test(`httpUrl refuses ${what} and names the source alone`, () => {
      const failure = failureOf(() => httpUrl({ value, source: "V" }));
      expect(failure.kind).toBe("failed");
      expect(failure.message).toStartWith("cannot use V: ");
      expect(failure.message).not.toContain("sts.example");
      expect(failure.message).not.toContain("Pa55word");
    });
  }
});
