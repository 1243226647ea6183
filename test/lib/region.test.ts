import { describe, expect, test } from "bun:test";
import { parseRegion } from "../../src/lib/region.ts";

describe("parseRegion()", () => {
  const regions: Record<string, [setting: string, name: string, fips: boolean]> = {
    "takes a region as it is": ["eu-west-3", "eu-west-3", false],
    "takes the name of a partition as it is": ["aws-cn-global", "aws-cn-global", false],
    "reads FIPS in front": ["fips-us-gov-east-1", "us-gov-east-1", true],
    "reads FIPS behind": ["us-east-2-fips", "us-east-2", true],
    "leaves FIPS in the middle": ["us-fips-1", "us-fips-1", false],
    "takes the longest label there is": ["a".repeat(63), "a".repeat(63), false],
    "reads FIPS of the whole partition": ["fips-aws", "aws-global", true],
    "reads it behind": ["aws-global-fips", "aws-global", true],
  };
  for (const [sentence, [setting, name, fips]] of Object.entries(regions)) {
    test(`parseRegion() ${sentence}`, () => expect(parseRegion(setting)).toEqual({ name, fips }));
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
  ])("parseRegion() refuses %p, which could send requests elsewhere", (setting) => {
    expect(parseRegion(setting)).toBeUndefined();
  });
});
