import { expect, test } from "bun:test";
import { Failure } from "../../src/lib/errors.ts";
import { notRevoked } from "../../src/sso/not-revoked.ts";
import { shownText } from "../support/failure.ts";
import { noon } from "../support/fake-system.ts";

const cause = new Failure("usage", "portal.example: no answer", { hints: ["check the network"] });
const lives: Record<string, [string, string]> = {
  "is good still": ["2030-01-31T13:00:00Z", "may be good until 2030-01-31T13:00:00Z"],
  "has ended": ["2030-01-31T11:00:00Z", "ended at 2030-01-31T11:00:00Z"],
};
test.each(Object.entries(lives))("notRevoked() of a token that %s", (_, [expiresAt, life]) => {
  const failure = notRevoked("the portal", { accessToken: "canary", expiresAt, fields: {} }, cause, noon);
  expect(failure.message).toBe(
    `cannot revoke the token of the portal, which is deleted here and ${life}: portal.example: no answer`,
  );
  // What would have helped then is of no use now.
  expect([failure.kind, failure.hints]).toEqual(["failed", [expect.stringContaining("Active sessions")]]);
  expect(shownText(failure)).not.toContain("canary");
});
