/** What to do about a token, from what is stored and what the options allow. Pure. */
import type { RefreshMode, SignInMode } from "../lib/option-choices.ts";
import type { StoredToken } from "./token-file.ts";
import { canRefresh, type TokenState, tokenState } from "./token-lifetime.ts";

export interface TokenPolicy {
  /** `on` renews a token that is still valid, too; `off` never renews. */
  readonly refresh: RefreshMode;
  /** `always` signs in even when the stored token is valid; `never` leaves the sign-in to the person. */
  readonly signIn: SignInMode;
}

/**
 * - `use` the stored token
 * - `renew-if-free`: renew it, or use it as it is while another process renews it, because it is still valid
 * - `renew` it, or wait for another process that renews it
 * - `login`, or `refuse` where the options forbid a sign-in
 */
export type TokenDecision = "use" | "renew-if-free" | "renew" | "login" | "refuse";

/** `now` in milliseconds. */
export function decideToken(token: StoredToken | undefined, policy: TokenPolicy, now: number): TokenDecision {
  if (policy.signIn === "always") return "login";
  const login = policy.signIn === "never" ? "refuse" : "login";
  if (token === undefined) return login;
  const state: TokenState = tokenState(token, now);
  const renewable = policy.refresh !== "off" && canRefresh(token, now);
  if (policy.refresh === "on") return renewable ? "renew" : login;
  switch (state) {
    case "fresh":
      return "use";
    case "due":
      return renewable ? "renew-if-free" : "use";
    case "expired":
      return renewable ? "renew" : login;
  }
}
