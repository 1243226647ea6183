import { describe, expect, test } from "bun:test";
import { propertyLocation, propertyOf, propertySource } from "../../src/config/section.ts";
import { configPath, profileOf } from "./from-text.ts";

describe("propertyOf()", () => {
  test("propertyOf() takes an empty property for an absent one", () => {
    const profile = profileOf("region =", "output = json");
    expect(propertyOf(profile, "region")).toBeUndefined();
    expect(propertyOf(profile, "absent")).toBeUndefined();
    expect(propertyOf(profile, "output")?.value).toBe("json");
  });
});

test("propertyLocation() names file and line, propertySource() the key too", () => {
  const property = propertyOf(profileOf("output = json", "region = eu-west-3"), "region");
  expect(property && propertyLocation(property)).toBe(`${configPath}:3`);
  expect(property && propertySource("region", property)).toBe(`region (${configPath}:3)`);
});
