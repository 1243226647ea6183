/** The credentials that an endpoint can serve, made of those of an identity. Pure. */
import type { Credentials } from "../lib/credentials.ts";
import { Failure } from "../lib/errors.ts";
import type { Life } from "./renewal-times.ts";

/** Credentials with all that SDKs want from an endpoint. Its life is told by this machine's clock. */
export interface EndpointCredentials extends Life {
  readonly credentials: Credentials & { readonly sessionToken: string };
}

/** Milliseconds for which a session without a known end is served at a time. */
export const assumedLife = 60 * 60_000;

export interface AcquiredIdentity {
  readonly credentials: Credentials;
  readonly principal: string;
  /** How far AWS's clock is ahead of this machine's, in milliseconds. */
  readonly http: { readonly clockOffset: number };
}

/**
 * `now` by this machine's clock. Throws a Failure for long-term keys, because SDKs want a token and an end; `hint` says
 * what to do about it.
 */
export function endpointCredentials(
  { credentials, principal, http }: AcquiredIdentity,
  now: number,
  hint = "exchange them for a session: add --get-session-token",
): EndpointCredentials {
  const { sessionToken, expiration } = credentials;
  if (sessionToken === undefined) {
    throw new Failure(
      "usage",
      `cannot serve the long-term keys of ${principal}: from an endpoint SDKs want credentials that end`,
      { hints: [hint] },
    );
  }
  const expires = expiration === undefined ? now + assumedLife : endHere(expiration, http.clockOffset, now);
  return { credentials: { ...credentials, sessionToken }, acquired: now, expires: wholeSecond(expires) };
}

/** The same session, without a known end, for as long again. */
export function sameCredentials({ credentials }: EndpointCredentials, now: number): EndpointCredentials {
  return { credentials, acquired: now, expires: wholeSecond(now + assumedLife) };
}

/** Milliseconds by which AWS's clock may be further than its Date tells. */
const dateResolution = 1_000;

/**
 * The end by this machine's clock. The offset is what the Date of one response told, and a wrong one must not make
 * credentials live longer than they do: it counts where it shortens their life, and where without it nothing is left.
 */
function endHere(expiration: number, clockOffset: number, now: number): number {
  const corrected = expiration - clockOffset;
  return expiration > now ? Math.min(expiration, corrected) : corrected - dateResolution;
}

/** The SDKs are told whole seconds: no credentials are served for a part of a second longer than they know of. */
function wholeSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}
