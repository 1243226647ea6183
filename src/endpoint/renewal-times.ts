/** When credentials of the endpoint are renewed. Pure; all times in milliseconds since the epoch. */

/** Milliseconds: the earliest of the SDKs, botocore, asks for new credentials at 15 minutes left. */
const longestLead = 20 * 60_000;
/** The part of their life, for credentials that live less than an hour. */
const leadPart = 1 / 3;

const shortestPause = 1_000;
const longestPause = 60_000;

export interface Life {
  readonly acquired: number;
  readonly expires: number;
}

/** The time from which the credentials are renewed: at 20 minutes left, or a third of the life if that is shorter. */
export function renewalTime({ acquired, expires }: Life): number {
  return expires - Math.min(longestLead, Math.max(0, expires - acquired) * leadPart);
}

/** Milliseconds from a failed renewal to the next: 1 s, doubled by each failure in a row, at most 60 s. */
export function pauseAfter(failures: number): number {
  return Math.min(longestPause, shortestPause * 2 ** Math.min(failures - 1, 10));
}

/**
 * Milliseconds until the next attempt when the last one gave the same credentials: a cache still gives them out.
 */
export function pauseAfterSame({ expires }: Life, now: number): number {
  return Math.min(longestPause, Math.max(shortestPause, (expires - now) / 8));
}

/** The life of the same credentials by a clock that was set back by so many milliseconds. It ends at a whole second too. */
export function setBack({ acquired, expires }: Life, milliseconds: number): Life {
  return { acquired: acquired - milliseconds, expires: Math.floor((expires - milliseconds) / 1000) * 1000 };
}
