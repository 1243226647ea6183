/** The profiles that an endpoint answers for besides its own identity: at `PATH/profile/NAME`. */
import type { IdentityRequest } from "../credentials/identity-request.ts";
import { optional } from "../lib/optional.ts";
import type { System } from "../system/types.ts";
import type { ServedCredentials } from "./served-credentials.ts";

/** The most profiles that stay in memory. Beyond that, the one with the oldest last request is forgotten. */
export const mostProfiles = 50;

/** Milliseconds after its last request during which a profile is renewed ahead of its end. */
export const idleAfter = 60 * 60_000;

export interface ProfileCredentials {
  /** Those of the profile, which the first request for it acquires. */
  of(name: string): ServedCredentials;
  /** Renews those that are asked for. */
  renewWhenDue(): void;
  /** See `ServedCredentials.settle`. */
  settle(): Promise<void>;
}

export function serveProfiles(
  open: (name: string) => ServedCredentials,
  system: Pick<System, "now">,
): ProfileCredentials {
  /** In the order of their last requests. */
  const profiles = new Map<string, { readonly served: ServedCredentials; readonly askedAt: number }>();
  /** The ends of forgotten profiles, whose renewal may still be under way. */
  const settling = new Set<Promise<void>>();
  const forget = (name: string) => {
    const settled = profiles.get(name)?.served.settle() ?? Promise.resolve();
    profiles.delete(name);
    settling.add(settled);
    void settled.then(() => settling.delete(settled));
  };
  return {
    of: (name) => {
      const served = profiles.get(name)?.served ?? open(name);
      profiles.delete(name);
      profiles.set(name, { served, askedAt: system.now() });
      const [oldest] = profiles.keys();
      if (profiles.size > mostProfiles && oldest !== undefined) forget(oldest);
      return served;
    },
    renewWhenDue: () => {
      const now = system.now();
      for (const { served, askedAt } of profiles.values()) {
        if (now - askedAt < idleAfter) served.renewWhenDue();
      }
    },
    settle: async () => {
      await Promise.all([...settling, ...[...profiles.values()].map(({ served }) => served.settle())]);
    },
  };
}

/** The request for a profile: of the command line only what does not name an identity. */
export function profileRequest(request: IdentityRequest, profile: string): IdentityRequest {
  const { region, verbose, useCache, refresh, useDeviceCode, noBrowser, nrt, remote } = request;
  return {
    profile,
    profileFrom: "the path of the request",
    ...optional("region", region),
    ...{ verbose, useCache, refresh, useDeviceCode, noBrowser, nrt, remote },
    signIn: "never",
    getSessionToken: false,
    getFederationToken: false,
  };
}

/** The name in the rest of a path, percent-encoded as in a URL; undefined where the rest is no `/profile/NAME`. */
export function profileInPath(rest: string): string | undefined {
  const [, encoded] = /^\/profile\/([^?#]+)$/.exec(rest) ?? [];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    // A percent sign without two digits after it.
    return undefined;
  }
}
