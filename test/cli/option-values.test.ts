import { expect, test } from "bun:test";
import { brokenRule, durationSeconds, portNumber, takesFewValues } from "../../src/cli/option-values.ts";
import type { TextField } from "../../src/cli/options.ts";

const DURATIONS: Record<string, number | undefined> = {
  "900": 900,
  "3600": 3600,
  "0900": 900,
  "129600": 129600,
  "899": undefined,
  "129601": undefined,
  "99999999999999999999": undefined,
  "1h": undefined,
  "3600.5": undefined,
  "-3600": undefined,
  "+3600": undefined,
  " 3600": undefined,
  "1e3": undefined,
  "0x1000": undefined,
  "３６００": undefined,
};
for (const [text, seconds] of Object.entries(DURATIONS)) {
  test(`durationSeconds() reads "${text}" as ${seconds ?? "no duration"}`, () => {
    expect(durationSeconds(text)).toBe(seconds);
  });
}

const PORTS: Record<string, number | undefined> = {
  "1": 1,
  "65535": 65_535,
  "08400": 8400,
  "0": undefined,
  "65536": undefined,
  "-1": undefined,
  "84e2": undefined,
};
for (const [text, port] of Object.entries(PORTS)) {
  test(`portNumber() reads "${text}" as ${port ?? "no port"}`, () => expect(portNumber(text)).toBe(port));
}

const long = (length: number) => "a".repeat(length);
const RULES = {
  ssoAcctId: {
    good: ["111111111111", "012345678901", "000000000000"],
    bad: [
      "12345678901",
      "1111111111111",
      "1111-1111-1111",
      "11111111111a",
      "111111111111\n",
      "１１１１１１１１１１１１",
    ],
  },
  region: {
    good: ["us-east-1", "eusc-de-east-1", "aws-global", "x", long(63)],
    bad: [
      "us east 1",
      "us-east-1.evil.example",
      "us-east-1/",
      "a@b",
      "-us",
      "us-",
      "us_east",
      long(64),
      "us-east-1\n",
    ],
  },
  ssoRegion: { good: ["eu-central-2"], bad: ["eu.central"] },
  roleSessionName: {
    good: ["ab", "ima.user@my.org", "a_b+c=d,e.f@g-h", long(64)],
    bad: ["a", long(65), "a b", "a/b", "a:b", "käse", "ab\n"],
  },
  sourceIdentity: { good: ["ab", long(64)], bad: ["a", long(65), "aws:me"] },
  externalId: { good: ["ab", "a:b/c", long(1224)], bad: ["a", long(1225), "a b", "a?b"] },
  mfaSerial: {
    good: ["arn:aws:iam::111111111111:mfa/ima", "GAHT12345678", long(256)],
    bad: ["12345678", long(257), "arn:aws:iam::111111111111:mfa/im a"],
  },
  mfaToken: { good: ["000000", "123456"], bad: ["12345", "1234567", "12345a", "123 456"] },
  bind: {
    good: ["172.17.0.1", "0.0.0.0", "255.255.255.255", "::1", "fd00::1", "::ffff:172.17.0.1"],
    bad: [
      "999.1.1.1",
      "1.2.3",
      "1.2.3.4.5",
      "1.2.3.",
      "1.2.3.04",
      "1..2.3",
      "::g",
      ":::",
      "1:2",
      "fe80::1%eth0",
    ],
  },
  ssoSessionName: { good: ["my-sso", "a.b_c"], bad: ["my sso", "a]b", "a\nb", "a#b"] },
} satisfies Partial<Record<TextField, { good: string[]; bad: string[] }>>;

const fields = Object.keys(RULES).filter((name): name is keyof typeof RULES => name in RULES);
for (const field of fields) {
  test(`brokenRule() accepts what ${field} may be`, () => {
    for (const value of RULES[field].good)
      expect([value, brokenRule(field, value)]).toEqual([value, undefined]);
  });
  test(`brokenRule() says what ${field} must be when it is not`, () => {
    for (const value of RULES[field].bad)
      expect([value, brokenRule(field, value)]).toEqual([value, expect.any(String)]);
  });
}
test("brokenRule() has none for texts that anything may stand in", () => {
  for (const field of ["profile", "command", "assumeRoles", "ssoAccessToken"] as const) {
    expect(brokenRule(field, "a | b\nc")).toBeUndefined();
  }
});

test("takesFewValues() is true of regions and account ids, and of no name that people give", () => {
  expect((["region", "ssoRegion", "ssoAcctId"] as const).map(takesFewValues)).toEqual([true, true, true]);
  expect((["profile", "roleSessionName", "startUrl"] as const).filter(takesFewValues)).toEqual([]);
});
