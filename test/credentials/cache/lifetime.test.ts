import { describe, expect, test } from "bun:test";
import { lifeState, retryTime } from "../../../src/credentials/cache/lifetime.ts";

const minute = 60_000;
const start = Date.UTC(2030, 0, 31, 12);

/** Minutes of life, minutes passed since, and the state then. */
const cases: Record<string, [lives: number, passed: number, state: ReturnType<typeof lifeState>]> = {
  "an hour's are fresh with more than 15 minutes left": [60, 44.99, "fresh"],
  "an hour's are due with 15 minutes left": [60, 45, "due"],
  "twelve hours' are fresh with more than 15 minutes left": [720, 704.99, "fresh"],
  "twelve hours' are due with 15 minutes left": [720, 705, "due"],
  "fifteen minutes' are fresh with more than a quarter left": [15, 11.24, "fresh"],
  "fifteen minutes' are due with a quarter left": [15, 11.25, "due"],
  "they are due to their last moment": [60, 59.999, "due"],
  "they are over at their end": [60, 60, "over"],
  "they are fresh when the clock was set back a little": [60, -4, "fresh"],
  "they are over when the clock was set back by more": [60, -6, "over"],
};

describe("lifeState()", () => {
  test.each(Object.entries(cases))("lifeState(): %s", (_, [lives, passed, state]) => {
    const life = { acquired: start, expires: start + lives * minute, retryAt: 0 };
    expect(lifeState(life, start + passed * minute)).toBe(state);
  });

  test("lifeState() is fresh until the next attempt after one that failed, and never beyond the end", () => {
    const life = { acquired: start, expires: start + 60 * minute, retryAt: start + 50 * minute };
    expect(lifeState(life, start + 49 * minute)).toBe("fresh");
    expect(lifeState(life, start + 50 * minute)).toBe("due");
    expect(lifeState({ ...life, retryAt: start + 99 * minute }, start + 60 * minute)).toBe("over");
  });

  test("lifeState() is over for times that are none", () => {
    expect(lifeState({ acquired: start, expires: Number.NaN, retryAt: 0 }, start)).toBe("over");
  });
});

describe("retryTime()", () => {
  const pauses: Record<string, [left: number, pause: number]> = {
    "a minute when there is time": [14 * minute, minute],
    "a quarter of what is left": [2 * minute, minute / 2],
    "five seconds at least": [minute / 6, 5000],
  };
  test.each(Object.entries(pauses))("retryTime() is later by %s", (_, [left, pause]) => {
    expect(retryTime(start + left, start)).toBe(start + pause);
  });
});
