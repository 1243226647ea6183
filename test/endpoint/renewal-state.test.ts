import { describe, expect, test } from "bun:test";
import {
  isDue,
  isPaused,
  lookAtClock,
  type RenewalState,
  validCredentials,
} from "../../src/endpoint/renewal-state.ts";

const credentials = { accessKeyId: "ASIA1", secretAccessKey: "made-up", sessionToken: "made-up-token" };

/** Credentials that live from 0 to 90 seconds, looked at when they came. */
const stateAt = (seen = 0): RenewalState => ({
  credentials: { credentials, acquired: 0, expires: 90_000 },
  failure: undefined,
  failures: 0,
  resumesAt: 0,
  seen,
  fingerprintAtFailure: "",
  renewing: undefined,
  looking: undefined,
  isClosed: false,
  told: new Set(),
});

const at = (seconds: number) => ({ now: () => seconds * 1_000 });

test("validCredentials() are the credentials until they end", () => {
  expect(validCredentials(stateAt(), at(89))?.expires).toBe(90_000);
  expect(validCredentials(stateAt(), at(90))).toBeUndefined();
});

test("isDue() begins with the last third, once, and ends with the endpoint", () => {
  expect([59, 60, 900].map((time) => isDue(stateAt(), at(time)))).toEqual([false, true, true]);
  expect(isDue({ ...stateAt(), renewing: Promise.resolve() }, at(60))).toBe(false);
  expect(isDue({ ...stateAt(), isClosed: true }, at(60))).toBe(false);
  expect(isDue({ ...stateAt(), credentials: undefined }, at(0))).toBe(true);
});

describe("lookAtClock()", () => {
  test("leaves credentials as they are while the clock goes on, however far", () => {
    const state = stateAt();
    expect([lookAtClock(state, at(50)), lookAtClock(state, at(5_000))]).toEqual([50_000, 5_000_000]);
    expect(state.credentials?.expires).toBe(90_000);
  });

  test("leaves credentials the rest of their life when the clock is set back", () => {
    const state = stateAt(50_000);
    lookAtClock(state, at(20));
    expect([state.credentials?.acquired, state.credentials?.expires]).toEqual([-30_000, 60_000]);
    expect(validCredentials(state, at(60))).toBeUndefined();
  });

  test("leaves a pause as long as it is when the clock is set back", () => {
    const state = { ...stateAt(50_000), resumesAt: 55_000 };
    expect([isPaused(state, at(20)), isPaused(state, at(24)), isPaused(state, at(25))]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
