import { expect, test } from "bun:test";
import { isOptInRegion } from "../../../src/aws/endpoints/opt-in-region.ts";

const regions: Record<string, boolean> = {
  "us-east-1": false,
  "ap-northeast-3": false,
  "eu-south-1": true,
  "af-south-1": true,
  "il-central-1": true,
  "cn-north-1": false,
  "us-gov-east-1": false,
  "eusc-de-east-1": false,
  "aws-global": false,
  localhost: false,
};

test.each(Object.entries(regions))("isOptInRegion() of %s is %p", (region, expected) => {
  expect(isOptInRegion(region)).toBe(expected);
});
