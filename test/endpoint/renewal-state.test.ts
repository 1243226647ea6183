import { describe, expect, test } from "bun:test";
import { isDue, isPaused, look, type RenewalState, validSet } from "../../src/endpoint/renewal-state.ts";

const credentials = { accessKeyId: "ASIA1", secretAccessKey: "made-up", sessionToken: "made-up-token" };

/** A set that lives from 0 to 90 seconds, looked at when it came. */
const stateAt = (seen = 0): RenewalState => ({
  set: { credentials, acquired: 0, expires: 90_000 },
  failure: undefined,
  failures: 0,
  resumesAt: 0,
  seen,
  markAtFailure: "",
  renewing: undefined,
  looking: undefined,
  isClosed: false,
  told: new Set(),
});

const at = (seconds: number) => ({ now: () => seconds * 1_000 });

test("validSet() is the set until it ends", () => {
  expect(validSet(stateAt(), at(89))?.expires).toBe(90_000);
  expect(validSet(stateAt(), at(90))).toBeUndefined();
});

test("isDue() begins with the last third, once, and ends with the endpoint", () => {
  expect([59, 60, 900].map((time) => isDue(stateAt(), at(time)))).toEqual([false, true, true]);
  expect(isDue({ ...stateAt(), renewing: Promise.resolve() }, at(60))).toBe(false);
  expect(isDue({ ...stateAt(), isClosed: true }, at(60))).toBe(false);
  expect(isDue({ ...stateAt(), set: undefined }, at(0))).toBe(true);
});

describe("look()", () => {
  test("leaves a set as it is while the clock goes on, however far", () => {
    const state = stateAt();
    expect([look(state, at(50)), look(state, at(5_000))]).toEqual([50_000, 5_000_000]);
    expect(state.set?.expires).toBe(90_000);
  });

  test("leaves a set the rest of its life when the clock is set back", () => {
    const state = stateAt(50_000);
    look(state, at(20));
    expect([state.set?.acquired, state.set?.expires]).toEqual([-30_000, 60_000]);
    expect(validSet(state, at(60))).toBeUndefined();
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
