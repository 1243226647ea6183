import { describe, expect, test } from "bun:test";
import { regionLabel } from "../../src/lib/region-label.ts";

describe("regionLabel()", () => {
  const labels: Record<string, [setting: string, label: string]> = {
    "takes a region as it is": ["eu-west-3", "eu-west-3"],
    "takes the name of a partition as it is": ["aws-cn-global", "aws-cn-global"],
    "takes FIPS away in front": ["fips-us-gov-east-1", "us-gov-east-1"],
    "takes FIPS away behind": ["us-east-2-fips", "us-east-2"],
    "leaves FIPS in the middle": ["us-fips-1", "us-fips-1"],
    "takes the longest label there is": ["a".repeat(63), "a".repeat(63)],
  };
  for (const [name, [setting, label]] of Object.entries(labels)) {
    test(`regionLabel() ${name}`, () => expect(regionLabel(setting)).toBe(label));
  }

  test.each([
    "",
    " ",
    "us-east-1 ",
    "us-east-1\n",
    "us_east_1",
    "-us-east-1",
    "us-east-1-",
    "us.east.1",
    "x@evil.example/",
    "evil.example#",
    "a/b",
    "a:1",
    "ü",
    "fips-",
    "-fips",
    "fips--a",
    "fips--fips",
    "a".repeat(64),
  ])("regionLabel() refuses %p, which could send requests elsewhere", (setting) => {
    expect(regionLabel(setting)).toBeUndefined();
  });
});
