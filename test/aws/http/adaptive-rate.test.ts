import { describe, expect, test } from "bun:test";
import { type AdaptiveRate, adaptiveRate } from "../../../src/aws/http/adaptive-rate.ts";

/** Sends as fast as it may from `from` to `to`; each answer comes after 50 ms. Returns how many were sent. */
function sendUntil(
  rate: AdaptiveRate,
  from: number,
  to: number,
  isThrottled: (sentAt: number) => boolean,
): number {
  const open: number[] = [];
  let sent = 0;
  for (let now = from; now < to; now++) {
    while ((open[0] ?? now) <= now - 50) {
      const sentAt = open.shift() ?? now;
      if (isThrottled(sentAt)) rate.throttled(sentAt, now);
      else rate.responded(sentAt, now);
    }
    while (rate.wait(now) === 0) {
      rate.sent(now);
      open.push(now);
      sent++;
    }
  }
  return sent;
}

const never = () => false;

describe("adaptiveRate", () => {
  test("adaptiveRate sends the first request at once and the next ten milliseconds later", () => {
    const rate = adaptiveRate();
    expect(rate.wait(1000)).toBe(0);
    rate.sent(1000);
    rate.sent(1000);
    rate.sent(1000);
    expect(rate.wait(1000)).toBe(10);
    expect(rate.wait(1010)).toBe(0);
  });

  test("adaptiveRate catches up what a late timer lost, but not what an idle second did", () => {
    const late = adaptiveRate();
    expect(sendUntil(late, 0, 1, never)).toBe(3);
    expect(sendUntil(late, 1000, 1001, never)).toBe(3);
  });

  test("adaptiveRate is ten times as fast after half a second without throttling", () => {
    const rate = adaptiveRate();
    sendUntil(rate, 0, 500, never);
    expect(sendUntil(rate, 500, 600, never)).toBeGreaterThan(100);
  });

  test("adaptiveRate does not go beyond two thousand a second", () => {
    const rate = adaptiveRate();
    sendUntil(rate, 0, 2000, never);
    expect(sendUntil(rate, 2000, 3000, never)).toBeLessThanOrEqual(2000);
  });

  test("adaptiveRate forgives a request in twenty", () => {
    const rate = adaptiveRate();
    let count = 0;
    sendUntil(rate, 0, 500, () => ++count % 20 === 0);
    expect(sendUntil(rate, 500, 600, never)).toBeGreaterThan(100);
  });

  test("adaptiveRate slows down to two a second when nothing is let through, and no further", () => {
    const rate = adaptiveRate();
    sendUntil(rate, 0, 60_000, () => true);
    const sent = sendUntil(rate, 60_000, 70_000, () => true);
    expect(sent).toBeGreaterThanOrEqual(19);
    expect(sent).toBeLessThanOrEqual(21);
  });

  test("adaptiveRate is back at its speed soon after a service that closed for a second has opened again", () => {
    const rate = adaptiveRate();
    const isThrottled = (sentAt: number) => sentAt >= 300 && sentAt < 1300;
    sendUntil(rate, 0, 2000, isThrottled);
    expect(sendUntil(rate, 2000, 3000, never)).toBeGreaterThan(50);
    expect(sendUntil(rate, 3000, 8000, never)).toBeGreaterThan(1000);
  });
});
