/** What to do about a token, given what is stored and what the person allows. Pure. */
import type { RefreshMode, SignInMode } from "../lib/option-choices.ts";
import type { StoredToken } from "./token-file.ts";
import { canRefresh, type TokenState, tokenState } from "./token-lifetime.ts";

export interface TokenPolicy {
  /** `on` renews whatever is stored; `off` never does. */
  readonly refresh: RefreshMode;
  /** `always` signs in whatever is stored; `never` leaves that to the person. */
  readonly signIn: SignInMode;
}

/**
 * - `use` the stored token
 * - `renew-if-free`: it is good still, so whoever finds another process renewing it uses it as it is
 * - `renew` it, waiting for another process that does
 * - `sign-in`, or `refuse` where that may not be
 */
export type TokenDecision = "use" | "renew-if-free" | "renew" | "sign-in" | "refuse";

/** `now` in milliseconds. */
export function decideToken(token: StoredToken | undefined, policy: TokenPolicy, now: number): TokenDecision {
  if (policy.signIn === "always") return "sign-in";
  const signIn = policy.signIn === "never" ? "refuse" : "sign-in";
  if (token === undefined) return signIn;
  const state: TokenState = tokenState(token, now);
  const renewable = policy.refresh !== "off" && canRefresh(token, now);
  if (policy.refresh === "on") return renewable ? "renew" : signIn;
  switch (state) {
    case "fresh":
      return "use";
    case "due":
      return renewable ? "renew-if-free" : "use";
    case "expired":
      return renewable ? "renew" : signIn;
  }
}
