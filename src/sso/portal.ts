/** A portal to ask: with the stored token, a refreshed one or one of a new login, and with another one after a 401. */

import type { Endpoint, Service } from "../aws/endpoints/resolve-endpoint.ts";
import type { HttpClient } from "../aws/http/http-client.ts";
import type { PortalCaller } from "../aws/sso/portal-operations.ts";
import { ownFolderPath } from "../config/paths.ts";
import type { Failure } from "../lib/errors.ts";
import { fileLock, noLock } from "../lib/lock.ts";
import type { System } from "../system/types.ts";
import { chooseFlow, lookAround } from "./login/choose-flow.ts";
import { accountAccess } from "./login/register.ts";
import { openTokenLocation } from "./open-token-location.ts";
import type { PortalChoice } from "./portal-choice.ts";
import { askWithToken } from "./refused-token.ts";
import type { StoredToken } from "./token-file.ts";
import { shownEnd } from "./token-lifetime.ts";
import { isOwnHost, type TokenLocation } from "./token-location.ts";
import type { TokenPolicy } from "./token-policy.ts";
import { type TokenProvider, tokenProvider } from "./token-provider.ts";

/** The options that say how to get a token. */
export interface LoginOptions extends TokenPolicy {
  readonly useDeviceCode: boolean;
  readonly noBrowser: boolean;
  readonly nrt: boolean;
  readonly remote: boolean;
  readonly callbackPort?: number;
  /** A login whose token cannot be stored fails; otherwise the token serves this run, with a warning. */
  readonly mustStore?: boolean;
}

export interface PortalContext {
  readonly system: System;
  readonly home: string | undefined;
  readonly http: HttpClient;
  /** The endpoint of a service in the portal's region. Throws a Failure. */
  readonly endpoint: (service: Extract<Service, "sso" | "sso_oidc">, region: string) => Endpoint;
  readonly options: LoginOptions;
}

export interface PortalAccess {
  /** Undefined where it is not known: a token need not name it. */
  readonly startUrl: string | undefined;
  /** The region of the token in use, which tells the partition too. A login may find another one than was configured. */
  readonly region: string;
  /** `never`: no person waits for the result, such as behind `credential_process`. */
  readonly prompt: "never" | "allowed";
  /** Where the token is stored; undefined when it is not. */
  readonly tokenFile: string | undefined;
  /** Makes sure that there is a token, by a login if need be, and says until when it is valid. Throws a Failure. */
  ready(): Promise<{ readonly until: string }>;
  /**
   * Asks the portal. After a 401 it asks again with a refreshed token, then after a new login, as far as the options
   * allow. Throws a Failure, of kind `sign-in-needed` when only a person can help. Several callers may ask at once.
   */
  ask<T>(operation: (portal: PortalCaller) => Promise<T>): Promise<T>;
}

/** Whether a person waits for the result. */
export function promptOf({ signIn }: Pick<LoginOptions, "signIn">): "never" | "allowed" {
  return signIn === "never" ? "never" : "allowed";
}

/** Reads what is stored, and sends nothing. Throws a Failure for a file that holds no token. */
export async function openPortal(choice: PortalChoice, context: PortalContext): Promise<PortalAccess> {
  const { system, http, options } = context;
  const { home } = context;
  const prompt = promptOf(options);
  const location = await openTokenLocation(choice, { system, home, nrt: options.nrt, prompt });
  const { startUrl, store } = location;
  http.trace(`Identity Center: ${location.name} in ${location.region} (${choice.kind})`);
  let token: StoredToken | undefined;
  // A login to a start URL on a company's own host finds the region where that host leads.
  const region = () => (isOwnHost(startUrl) ? token?.region : undefined) ?? location.region;
  const provider = providerOf(location, region, context);

  let obtaining: Promise<StoredToken> | undefined;
  const obtain = () => {
    obtaining ??= provider.obtain().then((obtained) => {
      token = obtained;
      return obtained;
    });
    return obtaining;
  };
  /** One caller replaces the token for all whose token was refused at once. */
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
    get region() {
      return region();
    },
    prompt,
    tokenFile: store.sharedName,
    ready: async () => ({ until: shownEnd(await obtain()) }),
    ask: (operation) =>
      askWithToken(
        { current: async () => token ?? (await obtain()), replace, trace: http.trace },
        (accessToken) => operation({ http, endpoint: context.endpoint("sso", region()), accessToken }),
      ),
  };
}

/** `region` is that of the token in use, or the configured one. */
function providerOf(
  location: TokenLocation,
  region: () => string,
  { system, home, http, endpoint, options }: PortalContext,
): TokenProvider {
  const { startUrl, store, name, loginHint, loggedIn, scopes = [accountAccess] } = location;
  return tokenProvider(
    {
      system,
      trace: http.trace,
      oidc: (named) => ({ http, endpoint: endpoint("sso_oidc", named ?? region()) }),
      mustStore: options.mustStore ?? false,
    },
    {
      store,
      lock:
        store.sharedName === undefined
          ? noLock
          : fileLock(system, ownFolderPath(system.env, home), store.sharedName, http.trace),
      // A user who gives a token does not ask for another one.
      policy: { refresh: options.refresh, signIn: location.given ? "never" : options.signIn },
      portal: startUrl === undefined ? undefined : { startUrl, region: location.region, scopes },
      chooseFlow: async () => {
        const wishes = { ...options, legacy: location.legacy };
        return chooseFlow(wishes, system.env, await lookAround(system));
      },
      ...{ name, loginHint, loggedIn },
    },
  );
}
