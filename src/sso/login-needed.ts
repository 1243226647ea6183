/** The Failure for a token that only a login can replace: what ended when, and the command that signs in. Pure. */
import { Failure } from "../lib/errors.ts";
import type { StoredToken } from "./token-file.ts";
import { shownEnd, tokenEnd } from "./token-lifetime.ts";
import type { TokenPolicy } from "./token-policy.ts";

export interface MissingLogin {
  /** The start URL, or the token file. */
  readonly name: string;
  readonly token: StoredToken | undefined;
  /** What is wrong with the file that should hold the token. */
  readonly damage?: string | undefined;
  /** Why the token was not used as it is. */
  readonly policy: TokenPolicy;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The command that signs in. */
  readonly hint: string;
  /** The refusal of the portal or the OIDC service, if one was asked. */
  readonly cause: Failure | undefined;
}

export function loginNeeded({ name, token, damage, policy, now, hint, cause }: MissingLogin): Failure {
  const what = token === undefined && cause === undefined ? damage : undefined;
  return new Failure(
    "sign-in-needed",
    `cannot use the sign-in to ${name}: ${what ?? why(token, policy, now, cause)}`,
    { hints: [hint], cause, serviceError: cause?.serviceError },
  );
}

function why(
  token: StoredToken | undefined,
  policy: TokenPolicy,
  now: number,
  cause: Failure | undefined,
): string {
  if (token === undefined) return cause === undefined ? "there is none" : cause.message;
  const end = tokenEnd(token);
  if (end === undefined) return "its end cannot be read";
  const said = cause === undefined ? "" : ` (${cause.message})`;
  if (end > now) {
    if (cause !== undefined) return `it is not accepted any more${said}`;
    const valid = `it is valid until ${shownEnd(token)}`;
    return policy.signIn === "always"
      ? `${valid}, but --sign-in always asks for another one, and the start URL is not known`
      : `${valid}, but --refresh on asks for another one, and it cannot be refreshed`;
  }
  return `it expired at ${shownEnd(token)}, ${ago(now - end)} ago${said}`;
}

/** Milliseconds as a person says them. */
function ago(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  if (minutes < 120) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
