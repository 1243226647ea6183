/** An access token that is good when it is needed: as stored, renewed, or from a new sign-in. */
import { oidcError } from "../aws/sso/oidc.ts";
import { attempted, Failure } from "../lib/errors.ts";
import type { Lock } from "../lib/lock.ts";
import type { FlowChoice } from "./login/choose-flow.ts";
import type { LoginContext, Portal } from "./login/context.ts";
import { login } from "./login/login.ts";
import { refreshToken, refusesForGood } from "./login/refresh.ts";
import { forgetClient } from "./login/register.ts";
import { tellWaiting } from "./login/tell-waiting.ts";
import { loginNeeded } from "./login-needed.ts";
import type { StoredToken, TokenMembers } from "./token-file.ts";
import { canRefresh, shownEnd, tokenState } from "./token-lifetime.ts";
import { decideToken, type TokenPolicy } from "./token-policy.ts";
import type { TokenStore } from "./token-store.ts";

/** Milliseconds between two looks at what the process that has the lock has come to. */
const pollInterval = 250;
/** Milliseconds that one waits without a word: renewals are over by then, so a person is signing in. */
const quietWait = 10_000;
/** Milliseconds in all: a renewal with its retries, or a person who signs in. */
export const renewalWait = 60_000;
const signInWait = 660_000;
/** Milliseconds for those who may not ask a person themselves: what takes longer than a renewal does is a sign-in. */
const unaskedWait = 30_000;

export interface TokenRequest {
  readonly store: TokenStore;
  readonly lock: Lock;
  readonly policy: TokenPolicy;
  /** Where to sign in; undefined when nobody knows. */
  readonly portal: Portal | undefined;
  readonly chooseFlow: () => Promise<FlowChoice>;
  /** Whose sign-in it is, for messages: the start URL, or the file. */
  readonly name: string;
  /** How a person signs in, as a hint. */
  readonly signInHint: string;
  /** Is told, under the lock, that a person has signed in. */
  readonly signedIn?: () => Promise<void>;
}

export interface TokenProvider {
  /** The token to begin with. Throws a Failure; of kind `sign-in-needed` when only a person can help. */
  obtain(): Promise<StoredToken>;
  /**
   * Another token for one that the portal did not take: renewed the first time, from a new sign-in the second.
   * `refusal` is thrown when neither can be had.
   */
  replace(refused: string, refusal: Failure): Promise<StoredToken>;
}

export function tokenProvider(context: LoginContext, request: TokenRequest): TokenProvider {
  const { system, trace } = context;
  const { store, policy, name } = request;
  /** What this run has done already: none of it is done twice. */
  let renewed = false;
  let signedIn = false;

  async function needed(token: StoredToken | undefined, cause?: Failure): Promise<Failure> {
    const damage = token === undefined ? await store.whyUnreadable() : undefined;
    const now = system.now();
    return loginNeeded({ name, token, damage, policy, now, hint: request.signInHint, cause });
  }

  /**
   * Does the work alone. While another process has the lock, what it has stored in the place of the token `before` is
   * taken without waiting for one's turn: many may be waiting.
   */
  async function alone(before: string | undefined, work: () => Promise<StoredToken>): Promise<StoredToken> {
    const limit = policy.signIn === "never" ? unaskedWait : signInWait;
    for (let waited = 0; waited < limit; waited += pollInterval) {
      const held = await request.lock(pollInterval, work);
      if (held.kind === "done") return held.value;
      const newer = await newerThan(before);
      if (newer !== undefined) return newer;
      if (waited + pollInterval === quietWait) {
        tellWaiting(policy.signIn, context, `signs in to ${name}`);
      }
    }
    throw busy(limit);
  }

  const busy = (limit: number) =>
    new Failure(
      policy.signIn === "never" ? "sign-in-needed" : "failed",
      `cannot renew the sign-in to ${name}: another aws-login has been signing in for ${limit / 1000} s`,
      { hints: ["finish or end the other one, then run the command again"] },
    );

  /** Whether the token is in the store now. */
  async function keep(token: TokenMembers): Promise<boolean> {
    try {
      await store.writeToken(token);
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (context.mustKeep) throw attempted(error, `cannot keep the sign-in to ${name}`);
      // The token serves this run all the same. The one in the store is spent, and the person should know why.
      system.stderr(`aws-login: warning: the new sign-in is not kept: ${error.message}`);
      return false;
    }
  }

  async function personSignsIn(stored: StoredToken | undefined, cause?: Failure): Promise<StoredToken> {
    if (policy.signIn === "never" || request.portal === undefined) throw await needed(stored, cause);
    const choice = await request.chooseFlow();
    // In a browser it would show as an error page, from which nobody comes back.
    if (oidcError(cause) === "invalid_client") await forgetClient(context, choice.flow, store);
    const token = await login(context, request.portal, choice, store);
    signedIn = true;
    const inUse = { ...token, fields: {} };
    if (!(await keep(token))) return inUse;
    try {
      await request.signedIn?.();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      system.stderr(
        `aws-login: warning: the portal is not remembered as the one used last: ${error.message}`,
      );
    }
    return inUse;
  }

  /** `fallback` is a token that serves as it is when this one cannot be renewed. */
  async function renew(stored: StoredToken, fallback: StoredToken | undefined): Promise<StoredToken> {
    renewed = true;
    let token: TokenMembers;
    try {
      token = await refreshToken(context, stored);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // The AWS CLI takes no lock: it may have spent the refresh token a moment ago.
      const newer = await newerThan(stored.accessToken);
      if (newer !== undefined) return newer;
      if (fallback !== undefined) {
        trace(`the token cannot be renewed and is used as it is: ${error.message}`);
        return fallback;
      }
      if (refusesForGood(error)) return await personSignsIn(stored, error);
      throw attempted(error, `cannot renew the sign-in to ${name}`);
    }
    await keep(token);
    return { ...token, fields: {} };
  }

  const isGood = (token: StoredToken) => tokenState(token, system.now()) !== "expired";

  /** The token that another process put there since `before` was read. */
  async function newerThan(before: string | undefined): Promise<StoredToken | undefined> {
    const token = await store.readToken();
    return token !== undefined && token.accessToken !== before && isGood(token) ? token : undefined;
  }

  return {
    async obtain() {
      const stored = await store.readToken();
      const decision = decideToken(stored, policy, system.now());
      trace(
        `token for ${name}: ${stored === undefined ? "none stored" : `until ${shownEnd(stored)}`}: ${decision}`,
      );
      if (decision === "use" && stored !== undefined) return stored;
      if (decision === "refuse") throw await needed(stored);
      const work = async () => {
        const newer = await newerThan(stored?.accessToken);
        if (newer !== undefined) return newer;
        if (decision === "sign-in") return personSignsIn(stored);
        const current = (await store.readToken()) ?? stored;
        if (current === undefined) return personSignsIn(undefined);
        return renew(current, policy.refresh !== "on" && isGood(current) ? current : undefined);
      };
      if (decision === "renew-if-free" && stored !== undefined) {
        const held = await request.lock(0, work);
        return held.kind === "done" ? held.value : stored;
      }
      return alone(stored?.accessToken, work);
    },

    async replace(refused, refusal) {
      if (signedIn) throw refusal;
      return alone(refused, async () => {
        const newer = await newerThan(refused);
        if (newer !== undefined) return newer;
        const stored = await store.readToken();
        const renewable =
          stored !== undefined && policy.refresh !== "off" && canRefresh(stored, system.now());
        if (renewable && !renewed) return renew(stored, undefined);
        return personSignsIn(stored, refusal);
      });
    },
  };
}
