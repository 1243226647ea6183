import { describe, expect, test } from "bun:test";
import { isAwsStartUrl, regionOfStartUrl, whyNoStartUrl } from "../../../src/aws/sso/start-url.ts";

describe("regionOfStartUrl()", () => {
  const regions: Record<string, string | undefined> = {
    "https://d-1234567890.awsapps.com/start": undefined,
    "https://start.us-gov-home.awsapps.com/directory/x": undefined,
    "https://ssoins-1234.portal.eu-west-1.app.aws": "eu-west-1",
    "https://ssoins-1234.eu-central-1.portal.amazonaws.com": "eu-central-1",
    "https://ssoins-1234.cn-north-1.portal.amazonaws.com.cn": "cn-north-1",
    "https://ssoins-1234.portal.cn-north-1.app.amazonwebservices.com.cn": "cn-north-1",
    "https://ssoins-1234.eusc-de-east-1.portal.amazonaws.eu": "eusc-de-east-1",
    "https://ssoins-1234.portal.eusc-de-east-1.api.amazonwebservices.eu": "eusc-de-east-1",
    "https://a.portal.eu-west-1.app.aws.example.com": undefined,
    "no url": undefined,
  };
  for (const [url, region] of Object.entries(regions)) {
    test(`regionOfStartUrl() finds ${region ?? "none"} in ${url}`, () => {
      expect(regionOfStartUrl(url)).toBe(region);
    });
  }
});

describe("whyNoStartUrl()", () => {
  const verdicts: Record<string, boolean> = {
    "https://d-1234567890.awsapps.com/start": true,
    "https://d-1234567890.awsapps.com/start/#/": true,
    "https://d-1234567890.awsapps.com\\start": false,
    "https:\\\\d-1234567890.awsapps.com/start": false,
    "http://127.0.0.1:1234/start": true,
    "http://d-1234567890.awsapps.com/start": false,
    "https://user:password@example.com/start": false,
    "https://example.com/\u001b[2J": false,
    "d-1234567890": false,
    "": false,
  };
  for (const [text, good] of Object.entries(verdicts)) {
    test(`whyNoStartUrl() ${good ? "takes" : "refuses"} ${JSON.stringify(text)}`, () => {
      expect(whyNoStartUrl(text) === undefined).toBe(good);
    });
  }
});

test("whyNoStartUrl() names a backslash", () => {
  expect(whyNoStartUrl("https://d-1234567890.awsapps.com\\start")).toBe(
    "it has a backslash: the slashes of a URL are /",
  );
});

describe("isAwsStartUrl()", () => {
  const hosts: Record<string, boolean> = {
    "https://d-1234567890.awsapps.com/start": true,
    "https://D-1234567890.AWSAPPS.COM/start": true,
    "https://start.us-gov-home.awsapps.com/directory/x": true,
    "https://ssoins-1.portal.eu-west-1.app.aws": true,
    "https://ssoins-1.eusc-de-east-1.portal.amazonaws.eu": true,
    "https://identitycenter.us-gov.amazonaws.com/ssoins-1": true,
    "http://127.0.0.1:1/start": true,
    "https://aws.example.com/start": false,
    "https://evilawsapps.com/start": false,
    "https://d-1234567890.awsapps.com.evil.example/start": false,
    "https://x.identitycenter.amazonaws.com/": false,
  };
  for (const [url, isAws] of Object.entries(hosts)) {
    test(`isAwsStartUrl() is ${isAws} for ${url}`, () => {
      expect(isAwsStartUrl(url)).toBe(isAws);
    });
  }
});
