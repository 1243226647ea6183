import { describe, expect, test } from "bun:test";
import { readRegion } from "../../../src/aws/endpoints/region.ts";
import { Failure } from "../../../src/lib/errors.ts";

describe("readRegion()", () => {
  const cases: Record<
    string,
    [setting: string, name: string, partition: string, global: boolean, fips: boolean]
  > = {
    "takes a region as it is": ["eu-west-3", "eu-west-3", "aws", false, false],
    "takes an unknown region as it is": ["fake-region-10", "fake-region-10", "aws", false, false],
    "turns a partition's name into its global region": ["aws-global", "us-east-1", "aws", true, false],
    "does so in other partitions": ["aws-cn-global", "cn-northwest-1", "aws-cn", true, false],
    "reads FIPS in front": ["fips-us-gov-east-1", "us-gov-east-1", "aws-us-gov", false, true],
    "reads FIPS behind": ["us-east-2-fips", "us-east-2", "aws", false, true],
    "reads FIPS for the whole partition": ["fips-aws-global", "us-east-1", "aws", true, true],
    "reads its other spelling": ["aws-fips", "us-east-1", "aws", true, true],
  };
  test.each(Object.entries(cases))("%s", (_, [setting, name, partition, global, fips]) => {
    const region = readRegion(setting);
    expect({ ...region, partition: region.partition.id }).toEqual({ name, partition, global, fips });
  });

  test.each(["", "us.east.1", "x@evil.example/", "fips-"])(
    "refuses %p, which could send requests elsewhere",
    (setting) => {
      let failure: unknown;
      try {
        readRegion(setting);
      } catch (error) {
        failure = error;
      }
      expect(failure).toBeInstanceOf(Failure);
      expect((failure as Failure).message).toBe(
        `cannot use ${JSON.stringify(setting)} as a region: it cannot be part of a host name`,
      );
    },
  );
});
