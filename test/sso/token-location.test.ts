import { expect, test } from "bun:test";
import { isOwnHost, noHome, storedRegion } from "../../src/sso/token-location.ts";
import { failureOf } from "../config/from-text.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const own = "https://aws.example.com/start";

test("storedRegion() takes the stored region, which an option may only repeat", () => {
  expect(storedRegion(undefined, "eu-west-1", startUrl, "the token in f")).toBe("eu-west-1");
  expect(storedRegion("eu-west-1", "eu-west-1", startUrl, "the token in f")).toBe("eu-west-1");
  expect(failureOf(() => storedRegion("us-east-1", "eu-west-1", startUrl, "the token in f")).message).toBe(
    "--sso-region us-east-1 contradicts the region of the token in f, which is eu-west-1",
  );
});

test("storedRegion() takes the region that a login found where a company's own host leads", () => {
  expect(storedRegion("us-east-1", "eu-west-1", own, "the token in f")).toBe("eu-west-1");
});

test("storedRegion() takes what is said where nothing is stored", () => {
  expect(storedRegion("us-west-2", undefined, startUrl, "the token in f")).toBe("us-west-2");
});

test("isOwnHost() is true for a start URL on no host of AWS", () => {
  expect([own, startUrl, "", undefined].map(isOwnHost)).toEqual([true, false, false, false]);
});

test("noHome() gives the hint", () => {
  expect(noHome("set HOME").hints).toEqual(["set HOME"]);
});
