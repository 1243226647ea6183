import { expect, test } from "bun:test";
import { noCredentials } from "../../src/credentials/no-credentials.ts";

test("noCredentials() lists each source and has a hint", () => {
  const failure = noCredentials([
    { source: "a", why: "no" },
    { source: "b", why: "no" },
  ]);
  expect([failure.kind, ...failure.notes]).toEqual(["no-credentials", "a: no", "b: no"]);
  expect(failure.skipped.map(({ source }) => source)).toEqual(["a", "b"]);
  expect(failure.hints.join()).toContain("--profile");
});

test("noCredentials() puts the hints of the profile first", () => {
  expect(noCredentials([], ["a hint"]).hints[0]).toBe("a hint");
});
