import { expect, test } from "bun:test";
import { portalKey } from "../../src/lib/portal-key.ts";

const one = "https://one.awsapps.com/start";

test("portalKey() is the same for every ending of a start URL, and differs from portal to portal", () => {
  expect([one, `${one}/`, `${one}#/`, `${one}/#`, `${one}/#/`].map(portalKey)).toEqual(Array(5).fill(one));
  expect(portalKey("https://two.awsapps.com/start")).not.toBe(portalKey(one));
});

test("portalKey() takes a time that grows with the length only", () => {
  const long = `${one}${"/#".repeat(200_000)}x`;
  expect(portalKey(long)).toBe(long);
});
