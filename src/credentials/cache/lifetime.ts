/** How long cached credentials serve. Pure; all times in milliseconds since the epoch. */

/** Milliseconds before their end from which an SDK asks again: botocore's window. */
const refreshWindow = 15 * 60_000;
/** The part of their lifetime, for credentials that live less than an hour. */
const windowPart = 1 / 4;
/** Milliseconds by which a clock may have been set back. Credentials acquired later than that in the future are not served. */
const clockTolerance = 5 * 60_000;
/** Milliseconds between a failed renewal of credentials that are still valid and the next attempt. */
const shortestPause = 5_000;
const longestPause = 60_000;

export interface Life {
  readonly acquired: number;
  readonly expires: number;
  /** No renewal before this time, because one has just failed; 0 when none has. */
  readonly retryAt: number;
}

/**
 * - `fresh`: they are served
 * - `due`: they are valid, and the first process renews them
 * - `over`: they are not served
 */
export type LifeState = "fresh" | "due" | "over";

export function lifeState({ acquired, expires, retryAt }: Life, now: number): LifeState {
  if (!(expires > now) || acquired > now + clockTolerance) return "over";
  const left = expires - now;
  // Without `Math`, whose first use costs a cached answer a hundredth of its time.
  const isEarly = left > refreshWindow || left > (expires - acquired) * windowPart;
  return isEarly || retryAt > now ? "fresh" : "due";
}

/** The time of the next attempt after a renewal that has just failed. */
export function retryTime(expires: number, now: number): number {
  return now + Math.min(longestPause, Math.max(shortestPause, (expires - now) / 4));
}
