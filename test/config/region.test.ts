import { describe, expect, test } from "bun:test";
import { checkedRegion, chooseRegion, regionAsWritten, shellRegion } from "../../src/config/region.ts";
import type { Environment } from "../../src/system/types.ts";
import { configPath, failureOf, profileOf } from "./from-text.ts";

const profile = profileOf("region = eu-central-1", "sso_region = us-east-1");
const both = { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2" };

const choices: Record<string, { option?: string; env: Environment; region: string; source: string }> = {
  "takes the option first": { option: "eu-west-3", env: both, region: "eu-west-3", source: "--region" },
  "takes AWS_REGION next": { option: "", env: both, region: "eu-west-1", source: "AWS_REGION" },
  "takes AWS_DEFAULT_REGION next": {
    env: { ...both, AWS_REGION: "" },
    region: "eu-west-2",
    source: "AWS_DEFAULT_REGION",
  },
  "takes the profile's region last": { env: {}, region: "eu-central-1", source: `region (${configPath}:2)` },
};

describe("chooseRegion()", () => {
  for (const [sentence, { option, env, region, source }] of Object.entries(choices)) {
    test(`chooseRegion() ${sentence}`, () => {
      expect(chooseRegion(option, env, profile)).toEqual({ region, fips: false, source });
    });
  }
  test("chooseRegion() is undefined when nothing names a region", () => {
    expect(chooseRegion(undefined, {}, profileOf("region =", "sso_region = us-east-1"))).toBeUndefined();
    expect(chooseRegion(undefined, {}, undefined)).toBeUndefined();
  });

  const pseudo: Record<string, { region: string; fips: boolean }> = {
    "fips-us-gov-west-1": { region: "us-gov-west-1", fips: true },
    "us-east-1-fips": { region: "us-east-1", fips: true },
    "fips-aws-global": { region: "us-east-1", fips: true },
    "aws-fips": { region: "us-east-1", fips: true },
    "aws-global": { region: "aws-global", fips: false },
    "fake-region-10": { region: "fake-region-10", fips: false },
  };
  for (const [name, { region, fips }] of Object.entries(pseudo)) {
    test(`chooseRegion() reads ${name} as ${region}`, () => {
      expect(chooseRegion(name, {}, undefined)).toEqual({ region, fips, source: "--region" });
    });
  }

  const crafted = [
    "evil.example/#",
    "us_east_1",
    "-us-east-1",
    "us-east-1-",
    "us east",
    "a".repeat(64),
    "us-east-1\n",
    "fips-",
  ];
  for (const value of crafted) {
    test(`chooseRegion() refuses ${JSON.stringify(value)} and names the variable`, () => {
      const failure = failureOf(() => chooseRegion(undefined, { AWS_REGION: value }, profile));
      expect(failure.kind).toBe("failed");
      expect(failure.message).toStartWith("cannot use AWS_REGION: ");
      expect(failure.message).not.toContain("\n");
    });
  }
  test("chooseRegion() names the line of a region it cannot use", () => {
    const failure = failureOf(() => chooseRegion(undefined, {}, profileOf("", "region = a.b")));
    expect(failure.message).toBe(
      `cannot use region (${configPath}:3): "a.b" is not a region, which has only letters, digits and hyphens`,
    );
  });
  test("chooseRegion() makes a wrong option a usage error", () => {
    expect(failureOf(() => chooseRegion("a.b", {}, undefined)).kind).toBe("usage");
  });
});

test("checkedRegion() serves for regions from elsewhere", () => {
  expect(checkedRegion({ value: "us-east-2", source: "sso_region (x:1)" }).region).toBe("us-east-2");
  expect(failureOf(() => checkedRegion({ value: "a b", source: "sso_region (x:1)" })).message).toContain(
    "sso_region (x:1)",
  );
});

describe("regionAsWritten()", () => {
  test("regionAsWritten() hands on what it has checked", () => {
    const values = ["eu-west-1", "fips-us-east-1", "us-east-1-fips"];
    expect(values.map((value) => regionAsWritten({ value, source: "x" }))).toEqual(values);
  });
  test("regionAsWritten() refuses what is not a region", () => {
    const failure = failureOf(() => regionAsWritten({ value: "a; b", source: "the region of x" }));
    expect(failure.message).toStartWith("cannot use the region of x: ");
  });
});

describe("shellRegion()", () => {
  test("takes --region, then the profile's region where the shell has none", () => {
    expect(shellRegion("eu-west-3", both, profile, "AWS_PROFILE")).toBe("eu-west-3");
    expect(shellRegion(undefined, {}, profile, "AWS_PROFILE")).toBe("eu-central-1");
    expect(shellRegion(undefined, {}, undefined, "default")).toBeUndefined();
  });

  test("lets the shell's own region stay, but not beside the profile of --profile", () => {
    expect(shellRegion(undefined, both, profile, "default")).toBeUndefined();
    expect(shellRegion(undefined, { AWS_DEFAULT_REGION: "eu-west-2" }, profile, "default")).toBeUndefined();
    expect(shellRegion(undefined, both, profile, "--profile")).toBe("eu-central-1");
    expect(shellRegion(undefined, both, undefined, "--profile")).toBeUndefined();
  });
});
