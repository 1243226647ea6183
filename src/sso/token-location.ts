/** Where the token of a portal is stored, and what is known about the portal. */
import { isAwsStartUrl } from "../aws/sso/start-url.ts";
import { regionAsWritten } from "../config/region.ts";
import { Failure } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
import { contradictoryRegion, portalRegion } from "./portal-choice.ts";
import type { TokenStore } from "./token-store.ts";

export interface TokenLocation {
  readonly store: TokenStore;
  readonly startUrl: string | undefined;
  /** Of the portal: as stored with the token, else as configured. */
  readonly region: string;
  /** What a login asks for; undefined for the default. */
  readonly scopes: readonly string[] | undefined;
  /** A sign-in of a profile without `sso_session`. */
  readonly legacy: boolean;
  /** The user gave the token, and did not ask for a login. */
  readonly given: boolean;
  /** For messages: the start URL, or the token's origin. */
  readonly name: string;
  /** The command by which the user signs in. */
  readonly loginHint: string;
  /** To be called after a login. */
  readonly loggedIn: () => Promise<void>;
}

export interface LocationContext {
  readonly system: System;
  readonly home: string | undefined;
  /** A token that cannot be refreshed is wanted. */
  readonly nrt: boolean;
  /** `never`: no person waits for the result, and none can unlock a key store. */
  readonly prompt: "never" | "allowed";
}

/** For locations that remember nothing but the token. */
export const nothing = async () => {};

/**
 * The region stored with a token; without one the said region, or the start URL's. Throws a Failure where the stored
 * text is no region, and a usage Failure where another region was said. For a start URL on a company's own host the
 * stored region always wins: the login found it where that host leads. `whose` names the token in messages.
 */
export function storedRegion(
  said: string | undefined,
  stored: string | undefined,
  startUrl: string | undefined,
  whose: string,
): string {
  if (stored === undefined) return portalRegion(startUrl, said);
  const region = regionAsWritten({ value: stored, source: `the region of ${whose}` });
  if (said === undefined || said === region || isOwnHost(startUrl)) return region;
  throw contradictoryRegion(said, region, whose);
}

/** Whether the start URL is on a company's own host, which redirects to the AWS access portal. */
export function isOwnHost(startUrl: string | undefined): boolean {
  return startUrl !== undefined && startUrl !== "" && !isAwsStartUrl(startUrl);
}

export function noHome(hint: string): Failure {
  return new Failure("failed", "cannot use a stored sign-in: no home directory is known", { hints: [hint] });
}
