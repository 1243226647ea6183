import { expect, test } from "bun:test";
import { wantedRegion } from "../../src/credentials/wanted-region.ts";

const profile = { region: "eu-west-1", source: "profile dev", fips: false } as const;
const option = { region: "eu-west-1", source: "--region", fips: false } as const;

test("wantedRegion() is the profile's where the environment has none", () => {
  expect(wantedRegion({}, profile)).toBe("eu-west-1");
  expect(wantedRegion({ AWS_DEFAULT_REGION: "us-east-1" }, profile)).toBeUndefined();
  expect(wantedRegion({ AWS_REGION: "us-east-1" }, profile)).toBeUndefined();
});

test("wantedRegion() is that of --region in any case, and none without a region", () => {
  expect(wantedRegion({ AWS_REGION: "us-east-1" }, option)).toBe("eu-west-1");
  expect(wantedRegion({}, undefined)).toBeUndefined();
});
