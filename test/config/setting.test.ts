import { describe, expect, test } from "bun:test";
import { booleanSetting, firstSetting, httpUrl, wholeNumber } from "../../src/config/setting.ts";
import { Failure } from "../../src/lib/errors.ts";
import type { Environment } from "../../src/system/types.ts";
import { configPath, failureOf, profileOf, sharedFrom } from "./from-text.ts";

const profile = profileOf("key = from profile", "empty =");
const settings: Record<
  string,
  { env: Environment; key: string; value: string | undefined; source?: string }
> = {
  "takes the variable first": { env: { V: "from env" }, key: "key", value: "from env", source: "V" },
  "takes the profile next": { env: {}, key: "key", value: "from profile", source: `key (${configPath}:2)` },
  "skips an empty variable": {
    env: { V: "" },
    key: "key",
    value: "from profile",
    source: `key (${configPath}:2)`,
  },
  "skips an empty property": { env: {}, key: "empty", value: undefined },
  "is undefined when neither is set": { env: {}, key: "absent", value: undefined },
};

describe("firstSetting()", () => {
  for (const [sentence, { env, key, value, source }] of Object.entries(settings)) {
    test(`firstSetting() ${sentence}`, () => {
      const setting = firstSetting(env, "V", profile, key);
      expect([setting?.value, setting?.source]).toEqual([value, source]);
    });
  }

  test("firstSetting() does without a profile", () => {
    expect(firstSetting({}, "V", undefined, "key")).toBeUndefined();
  });
});

describe("booleanSetting()", () => {
  const fips = sharedFrom("[default]\nuse_fips_endpoint = TRUE\n").profile("default");
  const read = (env: Environment) => booleanSetting(env, "AWS_USE_FIPS_ENDPOINT", fips, "use_fips_endpoint");

  test("booleanSetting() takes the variable before the profile", () => {
    expect(read({ AWS_USE_FIPS_ENDPOINT: "False" })).toBe(false);
  });

  test("booleanSetting() takes true and false in any case", () => expect(read({})).toBe(true));

  test("booleanSetting() is undefined when nothing sets it, or an empty variable does", () => {
    expect(booleanSetting({ X: "" }, "X", undefined, "x")).toBeUndefined();
  });

  test("booleanSetting() refuses any other word and names the variable", () => {
    expect(() => read({ AWS_USE_FIPS_ENDPOINT: "1" })).toThrow(Failure);
    expect(() => read({ AWS_USE_FIPS_ENDPOINT: "1" })).toThrow(
      /AWS_USE_FIPS_ENDPOINT: it is neither true nor false/,
    );
  });
});

describe("wholeNumber()", () => {
  const source = "AWS_MAX_ATTEMPTS";
  for (const [value, number] of [
    ["1", 1],
    ["007", 7],
    ["999999999", 999_999_999],
  ] as const) {
    test(`wholeNumber() reads ${value}`, () => expect(wholeNumber({ value, source })).toBe(number));
  }

  for (const value of ["0", "-1", "1.5", "1e3", "three", " 3", "", "9999999999"]) {
    test(`wholeNumber() refuses "${value}" and names its source`, () => {
      expect(() => wholeNumber({ value, source })).toThrow(
        /AWS_MAX_ATTEMPTS: it is not a whole number above 0/,
      );
    });
  }
});

const usableUrls: Record<string, string> = {
  "https://sts.example": "https://sts.example",
  "http://localhost:4566/": "http://localhost:4566",
  "HTTPS://sts.example/a/b//": "HTTPS://sts.example/a/b",
  "http://[fd00:ec2::254]:80": "http://[fd00:ec2::254]:80",
  "https://sts.example/a@b": "https://sts.example/a@b",
};

const unusableUrls: Record<string, string> = {
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

describe("httpUrl()", () => {
  test("httpUrl() takes no longer for a row of slashes than for other characters", () => {
    const value = `https://sts.example/${"/".repeat(300_000)}x`;
    expect(httpUrl({ value, source: "V" })).toBe(value);
  });

  for (const [value, url] of Object.entries(usableUrls)) {
    test(`httpUrl() reads ${value} as ${url}`, () => expect(httpUrl({ value, source: "V" })).toBe(url));
  }
  for (const [what, value] of Object.entries(unusableUrls)) {
    test(`httpUrl() refuses ${what} and names only the source`, () => {
      const failure = failureOf(() => httpUrl({ value, source: "V" }));
      expect(failure.kind).toBe("failed");
      expect(failure.message).toStartWith("cannot use V: ");
      expect(failure.message).not.toContain("sts.example");
      expect(failure.message).not.toContain("Pa55word");
    });
  }
});
