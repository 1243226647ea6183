import { describe, expect, test } from "bun:test";
import { formatIsoTime, isLifetime, isTime, parseIsoTime } from "../../src/lib/iso-time.ts";

describe("parseIsoTime()", () => {
  const noon = Date.UTC(2026, 0, 31, 12, 0, 0);
  const taken: Record<string, [text: string, milliseconds: number]> = {
    Z: ["2026-01-31T12:00:00Z", noon],
    UTC: ["2026-01-31T12:00:00UTC", noon],
    "an offset with a colon": ["2026-01-31T12:00:00+00:00", noon],
    "an offset without a colon": ["2026-01-31T14:30:00+0230", noon],
    "an offset to the west, over midnight": ["2026-01-30T23:15:00-12:45", noon],
    "a blank in the middle": ["2026-01-31 12:00:00Z", noon],
    "three digits of fraction": ["2026-01-31T12:00:00.359Z", noon + 359],
    "one digit of fraction": ["2026-01-31T12:00:00.3Z", noon + 300],
    "a fraction beyond milliseconds, cut": ["2026-01-31T12:00:00.123999Z", noon + 123],
    "a fraction of nanoseconds with an offset": ["2026-01-31T13:00:00.000000001+01:00", noon],
    "the leap day of a leap year": ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
    "the leap day of a century": ["2000-02-29T00:00:00Z", Date.UTC(2000, 1, 29)],
    "the last second of a year": ["9999-12-31T23:59:59Z", Date.UTC(9999, 11, 31, 23, 59, 59)],
    "a time before the epoch": ["1969-12-31T23:59:59.500Z", -500],
  };
  test.each(Object.entries(taken))("takes %s", (_, [text, milliseconds]) => {
    expect(parseIsoTime(text)).toBe(milliseconds);
  });

  test.each([
    "",
    "2024-13-45T00:00:00Z",
    "2024-00-10T00:00:00Z",
    "2024-01-00T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2024-04-31T00:00:00Z",
    "2024-01-01T24:00:00Z",
    "2024-01-01T00:60:00Z",
    "2024-01-01T00:00:60Z",
    "2024-01-01T00:00:00",
    "2024-01-01T00:00Z",
    "2024-01-01",
    "2024-1-1T00:00:00Z",
    "20240101T000000Z",
    "2024-01-01t00:00:00z",
    "2024-01-01  00:00:00Z",
    "2024-01-01T00:00:00.Z",
    "2024-01-01T00:00:00,5Z",
    "2024-01-01T00:00:00+24:00",
    "2024-01-01T00:00:00+00:60",
    "2024-01-01T00:00:00+01",
    "2024-01-01T00:00:00 UTC",
    "2024-01-01T00:00:00GMT",
    " 2024-01-01T00:00:00Z",
    "2024-01-01T00:00:00Z\n",
    "+02024-01-01T00:00:00Z",
    "9999-12-31T23:59:59-08:00",
    "0100-01-01T00:00:00+01:00",
    "0099-06-01T00:00:00Z",
    "Mon, 01 Jan 2024 00:00:00 GMT",
    "1704067200",
    "٢٠٢٤-01-01T00:00:00Z",
  ])("refuses %p", (text) => {
    expect(parseIsoTime(text)).toBeUndefined();
  });
});

describe("formatIsoTime()", () => {
  test("writes whole seconds and Z", () => {
    expect(formatIsoTime(Date.UTC(2026, 0, 31, 9, 5, 0))).toBe("2026-01-31T09:05:00Z");
  });
  test("is never later than the time it was given", () => {
    expect(formatIsoTime(Date.UTC(2026, 0, 31, 9, 5, 0) - 1)).toBe("2026-01-31T09:04:59Z");
    expect(formatIsoTime(-1)).toBe("1969-12-31T23:59:59Z");
  });
  test("writes what parseIsoTime() reads", () => {
    for (const time of [0, 1_769_850_300_000, 253_402_300_799_000]) {
      expect(parseIsoTime(formatIsoTime(time))).toBe(time);
    }
  });
});

const none = [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e300, "1", null, undefined];

test("isTime() takes milliseconds up to the last ones that formatIsoTime() writes in four digits of a year", () => {
  const last = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
  expect([1, last].map(isTime)).toEqual([true, true]);
  expect([last + 1, ...none].filter(isTime)).toEqual([]);
});

test("isLifetime() takes seconds up to a hundred years", () => {
  const longest = 100 * 365.25 * 86_400;
  expect([0.5, 3600, longest].map(isLifetime)).toEqual([true, true, true]);
  expect([longest + 1, ...none].filter(isLifetime)).toEqual([]);
});
