import { Failure } from "../lib/errors.ts";
import type { StoredToken } from "./token-file.ts";
import { shownEnd, tokenState } from "./token-lifetime.ts";

/**
 * The Failure for a token that is deleted and was not revoked: the person meant it to be of no use to anybody, and nobody
 * can try again. `now` in milliseconds.
 */
export function notRevoked(name: string, token: StoredToken, cause: Failure, now: number): Failure {
  const life =
    tokenState(token, now) === "expired"
      ? `ended at ${shownEnd(token)}`
      : `may be good until ${shownEnd(token)}`;
  return new Failure(
    "failed",
    `cannot revoke the token of ${name}, which is deleted here and ${life}: ${cause.message}`,
    {
      hints: [
        "to be sure, have the session ended in the console of IAM Identity Center: Users, the user, Active sessions",
      ],
      cause,
      serviceError: cause.serviceError,
    },
  );
}
