import { describe, expect, test } from "bun:test";
import { type RefusalContext, stsAdvice } from "../../../src/credentials/role-chain/sts-advice.ts";

function at(region = "us-east-1", shadows?: string): RefusalContext {
  const host = `sts.${region}.amazonaws.com`;
  return { endpoint: { url: `https://${host}`, host, signingRegion: region }, shadows };
}

describe("stsAdvice()", () => {
  const advice: Record<string, RegExp | undefined> = {
    ExpiredToken: /expired/,
    ExpiredTokenException: /expired/,
    InvalidClientTokenId: /unknown or inactive/,
    SignatureDoesNotMatch: /secret key does not belong/,
    RegionDisabledException: /--region/,
    PackedPolicyTooLarge: /shorten/,
    ValidationError: undefined,
    AccessDenied: undefined,
  };
  test.each(Object.entries(advice))("stsAdvice() knows %s", (code, expected) => {
    if (expected === undefined) expect(stsAdvice({ code, message: "No." }, at())).toBeUndefined();
    else expect(stsAdvice({ code, message: "No." }, at())).toMatch(expected);
  });

  test.each([
    "Signature expired: 20300131T114000Z is now earlier than 20300131T114500Z",
    "Signature not yet current: 20300131T122000Z is still later than 20300131T121500Z",
  ])("stsAdvice() speaks of the clock and not of the key: %s", (message) => {
    const advice = stsAdvice({ code: "SignatureDoesNotMatch", message }, at());
    expect(advice).toContain("clock");
    expect(advice).not.toContain("secret key");
  });
});

describe("stsAdvice() for InvalidClientTokenId", () => {
  const advice = (context: RefusalContext) =>
    stsAdvice({ code: "InvalidClientTokenId", message: "No." }, context);

  test.each(["af-south-1", "me-central-1", "mx-central-1"])(
    "stsAdvice() says that %s may not be enabled",
    (region) => {
      expect(advice(at(region))).toBe(
        `sts.${region}.amazonaws.com also responds so when ${region} is not enabled for the account: enable the region, or choose another with --region`,
      );
    },
  );

  test.each(["us-east-1", "eu-west-3", "ap-northeast-3", "cn-north-1", "us-gov-west-1"])(
    "stsAdvice() names the host of %s, which every account has",
    (region) => {
      expect(advice(at(region))).toEndWith(
        `belongs to another partition than ${region}, where sts.${region}.amazonaws.com was asked`,
      );
    },
  );

  test("stsAdvice() names the setting behind static keys", () => {
    const shadows = "credential_process (/config:5)";
    expect(advice(at("us-east-1", shadows))).toEndWith(`; without the static keys ${shadows} applies`);
  });
});

test("stsAdvice() names the setting behind static keys that have expired", () => {
  const context = at("us-east-1", "credential_process (/config:5)");
  expect(stsAdvice({ code: "ExpiredToken", message: "No." }, context)).toBe(
    "the static keys have expired: remove them, and credential_process (/config:5) applies",
  );
});
