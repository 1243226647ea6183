import { describe, expect, test } from "bun:test";
import {
  canRefresh,
  renewalWindow,
  shownEnd,
  type TokenState,
  tokenState,
} from "../../src/sso/token-lifetime.ts";
import { noon } from "../support/fake-system.ts";

const at = (milliseconds: number) => ({ expiresAt: new Date(noon + milliseconds).toISOString() });

describe("tokenState()", () => {
  const cases: Record<string, [{ expiresAt: string }, TokenState]> = {
    "is fresh until the window": [at(renewalWindow), "fresh"],
    "is due within the window": [at(renewalWindow - 1), "due"],
    "is due to the last": [at(1), "due"],
    "is expired at its end": [at(0), "expired"],
    "reads the old spelling of UTC": [{ expiresAt: "2199-01-01T00:00:00UTC" }, "fresh"],
    "takes an end that it cannot read for past": [{ expiresAt: "tomorrow" }, "expired"],
  };
  for (const [name, [token, state]] of Object.entries(cases)) {
    test(`tokenState() ${name}`, () => {
      expect(tokenState(token, noon)).toBe(state);
    });
  }
});

describe("canRefresh()", () => {
  const all = {
    refreshToken: "r",
    clientId: "id",
    clientSecret: "s",
    registrationExpiresAt: "2030-04-30T12:00:00Z",
  };
  const { registrationExpiresAt: _, ...undated } = all;
  const cases: Record<string, [Parameters<typeof canRefresh>[0], boolean]> = {
    "needs all three": [all, true],
    "does not without a refresh token": [{ clientId: "id", clientSecret: "s" }, false],
    "does not without a client": [{ refreshToken: "r", clientSecret: "s" }, false],
    "does not without the client's secret": [{ refreshToken: "r", clientId: "id" }, false],
    "does not when the registration is over": [
      { ...all, registrationExpiresAt: "2029-01-01T00:00:00Z" },
      false,
    ],
    "does when the registration's end is not stored": [undated, true],
  };
  for (const [name, [token, can]] of Object.entries(cases)) {
    test(`canRefresh() ${name}`, () => {
      expect(canRefresh(token, noon)).toBe(can);
    });
  }
});

test("shownEnd() shows a time or none, never the file's own text", () => {
  expect(shownEnd({ expiresAt: "2030-01-31T13:00:00.5+01:00" })).toBe("2030-01-31T12:00:00Z");
  expect(shownEnd({ expiresAt: "\u001b[2J" })).toBe("an unknown time");
});
