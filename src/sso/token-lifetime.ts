/** How long a stored token is valid, and whether it can be refreshed. Pure. */
import { formatIsoTime, parseIsoTime } from "../lib/iso-time.ts";
import type { StoredToken } from "./token-file.ts";

/**
 * Milliseconds before its end from which a token is renewed: as late as the AWS SDKs for JavaScript and Rust do it.
 * botocore begins 15 minutes before; but a portal's sessions may last only 15 minutes, and then every run of this
 * program would renew.
 */
export const renewalWindow = 5 * 60_000;

/** `due`: still valid, and to be renewed. */
export type TokenState = "fresh" | "due" | "expired";

/** A token whose end cannot be parsed counts as expired. `now` in milliseconds since the epoch. */
export function tokenState(token: Pick<StoredToken, "expiresAt">, now: number): TokenState {
  const end = tokenEnd(token);
  if (end === undefined || end <= now) return "expired";
  return end - now < renewalWindow ? "due" : "fresh";
}

/** Milliseconds since the epoch. */
export function tokenEnd(token: Pick<StoredToken, "expiresAt">): number | undefined {
  return parseIsoTime(token.expiresAt);
}

/** The end as a message shows it, whatever text the file has. */
export function shownEnd(token: Pick<StoredToken, "expiresAt">): string {
  const end = tokenEnd(token);
  return end === undefined ? "an unknown time" : formatIsoTime(end);
}

/**
 * Whether the file holds everything that a refresh takes. A client whose registration has expired cannot refresh; where the
 * file does not say when it expires (old files), the service tells. `now` in milliseconds since the epoch.
 */
export function canRefresh(
  token: Pick<StoredToken, "refreshToken" | "clientId" | "clientSecret" | "registrationExpiresAt">,
  now: number,
): boolean {
  if (!token.refreshToken || !token.clientId || !token.clientSecret) return false;
  if (token.registrationExpiresAt === undefined) return true;
  const end = parseIsoTime(token.registrationExpiresAt);
  return end === undefined || end > now;
}
