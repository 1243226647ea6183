/** A portal that can be asked: with a token as stored, renewed, or from a new sign-in, and with another one on a 401. */

import type { Endpoint, Service } from "../aws/endpoints/resolve-endpoint.ts";
import type { HttpClient } from "../aws/http/http-client.ts";
import type { PortalCaller } from "../aws/sso/portal.ts";
import { ownFolderPath } from "../config/paths.ts";
import { Failure } from "../lib/errors.ts";
import { fileLock, noLock } from "../lib/lock.ts";
import type { RefreshMode, SignInMode } from "../lib/option-choices.ts";
import type { System } from "../system/types.ts";
import { chooseFlow, lookAround } from "./login/choose-flow.ts";
import { accountAccess } from "./login/register.ts";
import type { PortalChoice } from "./portal-choice.ts";
import type { StoredToken } from "./token-file.ts";
import { shownEnd } from "./token-lifetime.ts";
import { openTokenLocation } from "./token-location.ts";
import { type TokenProvider, tokenProvider } from "./token-provider.ts";

/** The options that say how to come by a token. */
export interface LoginOptions {
  readonly refresh: RefreshMode;
  readonly signIn: SignInMode;
  readonly useDeviceCode: boolean;
  readonly noBrowser: boolean;
  readonly nrt: boolean;
  /** A sign-in that cannot be kept is a failure; otherwise it serves this run, with a warning. */
  readonly mustKeep?: boolean;
}

export interface PortalContext {
  readonly system: System;
  readonly home: string | undefined;
  readonly http: HttpClient;
  /** Where a service of the portal's region is asked. Throws a Failure. */
  readonly endpoint: (service: Extract<Service, "sso" | "sso_oidc">, region: string) => Endpoint;
  readonly options: LoginOptions;
}

export interface PortalAccess {
  /** Undefined when nobody knows: a token may come without. */
  readonly startUrl: string | undefined;
  readonly region: string;
  /** Where the token is kept; undefined when it is not. */
  readonly tokenFile: string | undefined;
  /** Makes sure that there is a token, by a sign-in when need be, and says until when it is good. Throws a Failure. */
  ready(): Promise<{ readonly until: string }>;
  /**
   * Asks the portal. When it does not take the token (401), it is asked again with a renewed one, then after a new
   * sign-in, as far as that is allowed. Throws a Failure, of kind `sign-in-needed` when only a person can help. May be
   * called by several at once.
   */
  ask<T>(operation: (portal: PortalCaller) => Promise<T>): Promise<T>;
}

/** Reads what is stored, and asks nobody. Throws a Failure for a file that holds no token. */
export async function openPortal(choice: PortalChoice, context: PortalContext): Promise<PortalAccess> {
  const { system, http, options } = context;
  const place = await openTokenLocation(choice, { system, home: context.home, nrt: options.nrt });
  const { region, startUrl, store } = place;
  http.trace(`Identity Center: ${place.name} in ${region} (${choice.kind})`);
  const provider: TokenProvider = tokenProvider(
    {
      system,
      trace: http.trace,
      oidc: () => ({ http, endpoint: context.endpoint("sso_oidc", region) }),
      mustKeep: options.mustKeep ?? false,
    },
    {
      store,
      lock:
        store.sharedName === undefined
          ? noLock
          : fileLock(system, ownFolderPath(system.env, context.home), store.sharedName, http.trace),
      policy: {
        refresh: options.refresh,
        // Whoever gives a token does not ask for another one in its place.
        signIn: place.optional ? "never" : options.signIn,
      },
      portal:
        startUrl === undefined ? undefined : { startUrl, region, scopes: place.scopes ?? [accountAccess] },
      chooseFlow: async () => {
        const wishes = { ...options, legacy: place.legacy };
        return chooseFlow(wishes, system.env, await lookAround(system));
      },
      name: place.name,
      signInHint: place.signInHint,
      signedIn: place.signedIn,
    },
  );

  let token: StoredToken | undefined;
  let obtaining: Promise<StoredToken> | undefined;
  const obtain = () => {
    obtaining ??= provider.obtain().then((obtained) => {
      token = obtained;
      return obtained;
    });
    return obtaining;
  };
  /** Of several whose token was refused at once, one replaces it. */
  let replacing: Promise<StoredToken> | undefined;
  const replace = (refused: StoredToken, refusal: Failure): Promise<StoredToken> => {
    if (token !== undefined && token.accessToken !== refused.accessToken) return Promise.resolve(token);
    replacing ??= provider
      .replace(refused.accessToken, refusal)
      .then((replacement) => {
        token = replacement;
        return replacement;
      })
      .finally(() => {
        replacing = undefined;
      });
    return replacing;
  };

  return {
    startUrl,
    region,
    tokenFile: store.sharedName,
    ready: async () => ({ until: shownEnd(await obtain()) }),
    ask: async (operation) => {
      await obtain();
      // The keeper ends this: it renews once and signs in once.
      for (;;) {
        const used = token ?? (await obtain());
        const portal = { http, endpoint: context.endpoint("sso", region), accessToken: used.accessToken };
        try {
          return await operation(portal);
        } catch (error) {
          if (!(error instanceof Failure) || error.serviceError?.status !== 401) throw error;
          http.trace(`the portal did not take the token: ${error.message}`);
          await replace(used, error);
        }
      }
    },
  };
}
