/**
 * How fast to call a service that does not publish its limit: faster until it throttles, then at the rate at
 * which it really responded, then a little faster again. Pure: times are arguments, in milliseconds.
 *
 * The rate is limited rather than the number of calls at once, because services allow so many a second, whatever
 * the time a response takes. The tests try the rates that follow against token buckets and windows.
 */

export interface AdaptiveRate {
  /** Milliseconds to wait before the next request may be sent; 0 when it may go at once. */
  wait(now: number): number;
  sent(now: number): void;
  /** A request got a response that was not throttling. */
  responded(sentAt: number, now: number): void;
  throttled(sentAt: number, now: number): void;
}

/** Requests a second. */
const firstRate = 100;
const lowestRate = 2;
const highestRate = 2_000;
/** A rate is judged by the responses of this time, and by so many of them, so that chance does not decide. */
const judgedMilliseconds = 100;
const judgedResponses = 20;
/** The share of throttled requests that changes nothing: a service may count finer than a timer can wait. */
const forgivenShare = 0.1;
/** With fewer responses than this in between, the service is closed for a while, and they tell no rate. */
const tellingResponses = 3;
/** Of the rate at which the service responded. */
const servedShare = 0.95;
/** A late timer is caught up with by so much and no more: a burst would be throttled. */
const catchUpMilliseconds = 20;

/**
 * Up to four fifths of what is known to be possible (at first, of anything) the rate doubles within the time of one
 * response, as TCP begins; from there it grows by a tenth a second, and faster the longer nothing was throttled.
 */
export function adaptiveRate(): AdaptiveRate {
  let rate = firstRate;
  let possible = Number.POSITIVE_INFINITY;
  let next = Number.NEGATIVE_INFINITY;
  let latency: number | undefined;
  let slowedAt: number | undefined;
  const responses: number[] = [];
  const refusals: number[] = [];

  return {
    wait: (now) => Math.max(0, next - now),
    sent: (now) => {
      next = Math.max(next, now - catchUpMilliseconds) + 1000 / rate;
    },
    responded: (sentAt, now) => {
      responses.push(now);
      const took = Math.max(1, now - sentAt);
      latency = latency === undefined ? took : latency + (took - latency) / 8;
      const familiar = Math.min(0.8 * possible, highestRate);
      if (rate < familiar) {
        rate = Math.min(rate + 1000 / latency, familiar);
      } else {
        const quietSeconds = (now - (slowedAt ?? now)) / 1000;
        rate = Math.min(rate + 0.1 + Math.min(1, 0.1 * quietSeconds ** 2), highestRate);
      }
    },
    throttled: (sentAt, now) => {
      refusals.push(now);
      latency ??= now - sentAt;
      const judged = Math.max(judgedMilliseconds, (judgedResponses * 1000) / rate);
      const from = slowedAt === undefined ? sentAt : now - judged;
      // Requests sent at the former rate say nothing about this one.
      if (slowedAt !== undefined && from < slowedAt + latency) return;
      const served = countSince(responses, from);
      const refused = countSince(refusals, from);
      if (refused <= 1 + forgivenShare * (served + refused)) return;
      const servedRate = (served * 1000) / Math.max(1, now - from);
      rate = Math.max(
        lowestRate,
        served < tellingResponses ? rate / 2 : servedShare * Math.min(rate, servedRate),
      );
      possible = countSince(responses, now - 1000);
      slowedAt = now;
      next = now + 1000 / rate;
    },
  };
}

/** `times` rise, and only the last of them are looked at. */
function countSince(times: readonly number[], from: number): number {
  return times.length - 1 - times.findLastIndex((at) => at < from);
}
