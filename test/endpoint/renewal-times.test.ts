import { expect, test } from "bun:test";
import { pauseAfter, pauseAfterSame, renewalTime, setBack } from "../../src/endpoint/renewal-times.ts";

const minute = 60_000;

test.each([
  ["12 hours", 720, 700],
  ["an hour", 60, 40],
  ["15 minutes", 15, 10],
])("renewalTime() of credentials that live %s", (_, life, renewed) => {
  expect(renewalTime({ acquired: 0, expires: life * minute })).toBe(renewed * minute);
});

test("renewalTime() of credentials that ended before they came is their end", () => {
  expect(renewalTime({ acquired: 5, expires: 3 })).toBe(3);
});

test("pauseAfter() doubles from a second to a minute", () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 10_000].map(pauseAfter);
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000));
});

test("pauseAfterSame() is a part of what is left, a second at least and a minute at most", () => {
  const pauses = [3_600_000, 80_000, 100].map((expires) => pauseAfterSame({ acquired: 0, expires }, 0));
  expect(pauses).toEqual([60_000, 10_000, 1_000]);
});

test("setBack() leaves the length of a life, but for a part of a second", () => {
  expect(setBack({ acquired: 10_000, expires: 70_000 }, 3_400)).toEqual({ acquired: 6_600, expires: 66_000 });
});
