/** An access token that is valid when it is needed: as stored, renewed, or from a new sign-in. */
import { oidcError } from "../aws/sso/oidc.ts";
import { attempted, Failure } from "../lib/errors.ts";
import type { Lock } from "../lib/lock.ts";
import { lockedOut, loginTimeout, renewalTimeout, singleFlight } from "../lib/single-flight.ts";
import type { Reservation } from "../system/types.ts";
import type { FlowChoice } from "./login/choose-flow.ts";
import type { LoginContext, Portal } from "./login/context.ts";
import { login } from "./login/login.ts";
import { refreshToken, refusesForGood } from "./login/refresh.ts";
import { forgetClient } from "./login/register.ts";
import { loginNeeded } from "./login-needed.ts";
import type { StoredToken, TokenMembers } from "./token-file.ts";
import { canRefresh, shownEnd, tokenState } from "./token-lifetime.ts";
import { decideToken, type TokenPolicy } from "./token-policy.ts";
import type { TokenStore } from "./token-store.ts";

export interface TokenRequest {
  readonly store: TokenStore;
  readonly lock: Lock;
  readonly policy: TokenPolicy;
  /** Where to sign in; undefined when no start URL is known. */
  readonly portal: Portal | undefined;
  readonly chooseFlow: () => Promise<FlowChoice>;
  /** Whose sign-in it is, for messages: the start URL, or the file. */
  readonly name: string;
  /** How a person signs in, as a hint. */
  readonly loginHint: string;
  /** Called under the lock after a person has signed in. */
  readonly loggedIn?: () => Promise<void>;
}

export interface TokenProvider {
  /** The token to begin with. Throws a Failure; of kind `sign-in-needed` when only a person can help. */
  obtain(): Promise<StoredToken>;
  /**
   * Another token for one that the portal refused: renewed the first time, from a new sign-in the second. Throws
   * `refusal` when neither is possible.
   */
  replace(refused: string, refusal: Failure): Promise<StoredToken>;
}

/** What this run has done already: nothing is done twice. */
interface Run {
  readonly context: LoginContext;
  readonly request: TokenRequest;
  hasRenewed: boolean;
  hasLoggedIn: boolean;
}

export function tokenProvider(context: LoginContext, request: TokenRequest): TokenProvider {
  const run: Run = { context, request, hasRenewed: false, hasLoggedIn: false };
  return {
    obtain: () => obtain(run),
    replace: (refused, refusal) => replace(run, refused, refusal),
  };
}

async function obtain(run: Run): Promise<StoredToken> {
  const { store, policy, name } = run.request;
  const stored = await store.readToken();
  const decision = decideToken(stored, policy, run.context.system.now());
  run.context.trace(
    `token for ${name}: ${stored === undefined ? "none stored" : `until ${shownEnd(stored)}`}: ${decision}`,
  );
  if (decision === "use" && stored !== undefined) return stored;
  if (decision === "refuse") throw await needed(run, stored);
  return alone(run, {
    before: stored?.accessToken,
    valid: decision === "renew-if-free" ? stored : undefined,
    renew: async () => {
      if (decision === "login") return loginOfUser(run, stored);
      const current = (await store.readToken()) ?? stored;
      if (current === undefined) return loginOfUser(run, undefined);
      return renew(run, current, policy.refresh !== "on" && isValid(run, current) ? current : undefined);
    },
  });
}

async function replace(run: Run, refused: string, refusal: Failure): Promise<StoredToken> {
  if (run.hasLoggedIn) throw refusal;
  return alone(run, {
    before: refused,
    renew: async () => {
      const { store, policy } = run.request;
      const stored = await store.readToken();
      const renewable =
        stored !== undefined && policy.refresh !== "off" && canRefresh(stored, run.context.system.now());
      if (renewable && !run.hasRenewed) return renew(run, stored, undefined);
      return loginOfUser(run, stored, refusal);
    },
  });
}

interface Work {
  /** The access token that is not to be used any more. */
  readonly before: string | undefined;
  readonly valid?: StoredToken | undefined;
  readonly renew: () => Promise<StoredToken>;
}

/** A refresh token can be spent once, so without the lock nothing is done. */
function alone(run: Run, { before, ...work }: Work): Promise<StoredToken> {
  const { lock, policy, name } = run.request;
  const isAttended = policy.signIn !== "never";
  const timeout = isAttended ? loginTimeout : renewalTimeout;
  return singleFlight(
    {
      ...work,
      lock,
      found: () => newerThan(run, before),
      timeout,
      doing: `signs in to ${name}`,
      prompt: isAttended ? "allowed" : "never",
      timedOut: async () => {
        throw lockedOut(`cannot renew the sign-in to ${name}`, timeout);
      },
    },
    run.context,
  );
}

/** `fallback` is a token that is used as it is when this one cannot be renewed. */
async function renew(run: Run, stored: StoredToken, fallback: StoredToken | undefined): Promise<StoredToken> {
  const { context, request } = run;
  const { name, store } = request;
  run.hasRenewed = true;
  let opened: StoredToken;
  let reservation: Reservation;
  let why = "the stored one could not be read";
  try {
    opened = await store.open(stored);
    why = "the new token could not be stored";
    reservation = await store.reserve(stored);
  } catch (error) {
    // The refresh token is not spent: if the new token could not be stored, the sign-in would be lost.
    if (!(error instanceof Failure)) throw error;
    if (fallback === undefined || context.mustStore) {
      throw attempted(error, `cannot renew the sign-in to ${name}: ${why}`);
    }
    context.system.stderr(
      `aws-login: warning: the sign-in to ${name} is not renewed: ${why}: ${error.message}`,
    );
    return fallback;
  }
  let token: TokenMembers;
  try {
    token = await refreshToken(context, opened);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // The AWS CLI takes no lock: it may have spent the refresh token a moment ago.
    const newer = await newerThan(run, stored.accessToken);
    if (newer !== undefined) return newer;
    if (fallback !== undefined) {
      context.trace(`the token cannot be renewed and is used as it is: ${error.message}`);
      return fallback;
    }
    if (refusesForGood(error)) return await loginOfUser(run, stored, error);
    throw attempted(error, `cannot renew the sign-in to ${name}`);
  } finally {
    await reservation.release();
  }
  await storeToken(run, token);
  return { ...token, fields: {} };
}

async function loginOfUser(run: Run, stored: StoredToken | undefined, cause?: Failure): Promise<StoredToken> {
  const { context, request } = run;
  const { policy, portal, store } = request;
  if (policy.signIn === "never" || portal === undefined) throw await needed(run, stored, cause);
  const choice = await request.chooseFlow();
  // With a client that the service has forgotten, the browser would show an error page and the person could not go on.
  if (oidcError(cause) === "invalid_client") await forgetClient(context, choice.flow, store);
  const token = await login(context, portal, choice, store);
  run.hasLoggedIn = true;
  const inUse = { ...token, fields: {} };
  if (!(await storeToken(run, token))) return inUse;
  try {
    await request.loggedIn?.();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    context.system.stderr(
      `aws-login: warning: the portal is not remembered as the one used last: ${error.message}`,
    );
  }
  return inUse;
}

/** Whether the token could be stored. */
async function storeToken({ context, request }: Run, token: TokenMembers): Promise<boolean> {
  try {
    await request.store.writeToken(token);
    return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (context.mustStore) throw attempted(error, `cannot store the sign-in to ${request.name}`);
    // This run can still use the token. The stored one is spent, and the user should know why.
    context.system.stderr(`aws-login: warning: the new sign-in is not stored: ${error.message}`);
    return false;
  }
}

/** The token that another process has stored in the place of `before`. */
async function newerThan(run: Run, before: string | undefined): Promise<StoredToken | undefined> {
  const token = await run.request.store.readToken();
  return token !== undefined && token.accessToken !== before && isValid(run, token) ? token : undefined;
}

function isValid({ context }: Run, token: StoredToken): boolean {
  return tokenState(token, context.system.now()) !== "expired";
}

async function needed(
  { context, request }: Run,
  token: StoredToken | undefined,
  cause?: Failure,
): Promise<Failure> {
  const { name, policy, loginHint: hint, store } = request;
  const damage = token === undefined ? await store.whyUnreadable() : undefined;
  return loginNeeded({ name, token, damage, policy, now: context.system.now(), hint, cause });
}
