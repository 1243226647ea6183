import { describe, expect, test } from "bun:test";
import { learntClockOffset } from "../../../src/aws/http/clock-skew.ts";

const minute = 60_000;
const server = Date.UTC(2030, 0, 31, 12);
const date = new Date(server).toUTCString();

/** What is learnt by a program whose clock is `ahead` of the server's by so many milliseconds. */
function learnt(
  ahead: number,
  { code = "SignatureDoesNotMatch", headers = { date } as Record<string, string>, used = 0 } = {},
): number | undefined {
  return learntClockOffset(code, new Headers(headers), server + ahead, used);
}

describe("learntClockOffset()", () => {
  test.each([10 * minute, -10 * minute, 4 * minute, 400 * 24 * 60 * minute])(
    "corrects a clock that is %d ms ahead",
    (ahead) => {
      expect(learnt(ahead)).toBe(-ahead);
    },
  );

  test.each([0, 4 * minute - 1, -4 * minute + 1])("leaves a clock alone that is %d ms ahead", (ahead) => {
    expect(learnt(ahead)).toBeUndefined();
  });

  test.each([
    "RequestExpired",
    "RequestInTheFuture",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
    "InvalidSignatureException",
    "AuthFailure",
  ])("listens to %s", (code) => {
    expect(learnt(10 * minute, { code })).toBe(-10 * minute);
  });

  test.each([
    "",
    "AccessDenied",
    "AccessDeniedException",
    "ExpiredToken",
    "InvalidClientTokenId",
    "Throttling",
  ])("does not take %j for a word about the clock", (code) => {
    expect(learnt(10 * minute, { code })).toBeUndefined();
  });

  const headers: Record<string, Record<string, string>> = {
    "without a date": {},
    "with a date that is none": { date: "soon" },
    "from a cache, whose date is old": { date, age: "0" },
  };
  test.each(Object.entries(headers))("learns nothing from an answer %s", (_, optional) => {
    expect(learnt(10 * minute, { headers: optional })).toBeUndefined();
  });

  test("learns nothing new from an offset that was used already, give or take a few seconds", () => {
    expect(learnt(10 * minute, { used: -10 * minute })).toBeUndefined();
    expect(learnt(10 * minute, { used: -10 * minute + 4999 })).toBeUndefined();
    expect(learnt(10 * minute, { used: -10 * minute - 4999 })).toBeUndefined();
  });

  test("takes a correction back when the clock itself has been set right", () => {
    expect(learnt(minute, { used: 60 * minute })).toBe(0);
  });

  test("goes by the date alone where nothing was refused for its time", () => {
    const at = (ahead: number) => learntClockOffset(undefined, new Headers({ date }), server + ahead, 0);
    expect([at(10 * minute), at(minute)]).toEqual([-10 * minute, undefined]);
  });

  test("corrects an offset that was wrong", () => {
    expect(learnt(10 * minute, { used: -10 * minute + 5000 })).toBe(-10 * minute);
    expect(learnt(10 * minute, { used: 60 * minute })).toBe(-10 * minute);
  });
});
