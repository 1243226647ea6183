/**
 * How fast to ask a service that does not say how fast one may ask: faster until it throttles, then at the rate at
 * which it really answered, then a little faster again. Pure: times are arguments, in milliseconds.
 *
 * Rates are paced rather than calls at once counted, because what a service allows is so many a second, whatever
 * the time an answer takes. The rates that follow are tried out against token buckets and windows in the tests.
 */

export interface AdaptiveRate {
  /** Milliseconds to wait before the next request may be sent; 0 when it may go at once. */
  wait(now: number): number;
  sent(now: number): void;
  /** A request was answered, with whatever but throttling. */
  answered(sentAt: number, now: number): void;
  throttled(sentAt: number, now: number): void;
}

/** Requests a second. */
const firstRate = 100;
const lowestRate = 2;
const highestRate = 2_000;
/** A rate is judged by what came back in this time, and by so many answers, so that chance does not decide. */
const judgedMilliseconds = 100;
const judgedAnswers = 20;
/** Throttling that is let pass: a service may count finer than a timer can wait. */
const forgivenShare = 0.1;
/** With fewer answers than this in between, the service has closed for a while, and the answers tell no rate. */
const tellingAnswers = 3;
/** Of the rate that the service kept up with. */
const keptShare = 0.95;
/** What timers are late by is caught up, but no more: a burst would be throttled. */
const catchUpMilliseconds = 20;

/**
 * Up to four fifths of what is known to be possible (at first, of anything) the rate doubles within the time of one
 * answer, as TCP begins; from there it grows by a tenth a second, and faster the longer nothing was throttled.
 */
export function adaptiveRate(): AdaptiveRate {
  let rate = firstRate;
  let possible = Number.POSITIVE_INFINITY;
  let next = Number.NEGATIVE_INFINITY;
  let latency: number | undefined;
  let slowedAt: number | undefined;
  const answers: number[] = [];
  const refusals: number[] = [];

  return {
    wait: (now) => Math.max(0, next - now),
    sent: (now) => {
      next = Math.max(next, now - catchUpMilliseconds) + 1000 / rate;
    },
    answered: (sentAt, now) => {
      answers.push(now);
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
      const judged = Math.max(judgedMilliseconds, (judgedAnswers * 1000) / rate);
      const from = slowedAt === undefined ? sentAt : now - judged;
      // What was sent at the former rate says nothing about this one.
      if (slowedAt !== undefined && from < slowedAt + latency) return;
      const cached = countSince(answers, from);
      const refused = countSince(refusals, from);
      if (refused <= 1 + forgivenShare * (cached + refused)) return;
      const keptRate = (cached * 1000) / Math.max(1, now - from);
      rate = Math.max(lowestRate, cached < tellingAnswers ? rate / 2 : keptShare * Math.min(rate, keptRate));
      possible = countSince(answers, now - 1000);
      slowedAt = now;
      next = now + 1000 / rate;
    },
  };
}

/** `times` rise, and only the last of them are looked at. */
function countSince(times: readonly number[], from: number): number {
  return times.length - 1 - times.findLastIndex((at) => at < from);
}
