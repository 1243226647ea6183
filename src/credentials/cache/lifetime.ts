/** How long kept credentials serve. Pure; all times in milliseconds since the epoch. */

/** An SDK asks again from here on: botocore's window. */
const refreshWindow = 15 * 60_000;
/** For credentials that live under an hour. */
const windowPart = 1 / 4;
/** How far a clock may have been set back before times that lie ahead are taken for nonsense. */
const clockTolerance = 5 * 60_000;
/** After a renewal that failed while the old credentials serve still: the next attempt is so much later. */
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
 * - `due`: they are good still, and whoever comes first renews them
 * - `over`: nobody may have them
 */
export type LifeState = "fresh" | "due" | "over";

export function lifeState({ acquired, expires, retryAt }: Life, now: number): LifeState {
  if (!(expires > now) || acquired > now + clockTolerance) return "over";
  const left = expires - now;
  // Not the smaller of the two by `Math`, whose first use costs a cached answer one hundredth of its time.
  const isEarly = left > refreshWindow || left > (expires - acquired) * windowPart;
  return isEarly || retryAt > now ? "fresh" : "due";
}

/** The time before which a renewal that has just failed is not tried again. */
export function retryTime(expires: number, now: number): number {
  return now + Math.min(longestPause, Math.max(shortestPause, (expires - now) / 4));
}
