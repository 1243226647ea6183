/** The errors of a `login_session`, with what the person can do. Pure. */
import { attempted, Failure } from "../../lib/errors.ts";
import { shellWord } from "../../lib/quoting.ts";
import type { LoginSource } from "./login-session-plan.ts";

/** Errors of the sign-in service after which only a new sign-in helps. */
const ended: Readonly<Record<string, string>> = {
  TOKEN_EXPIRED: "the sign-in has ended",
  AUTHCODE_EXPIRED: "the sign-in was never completed",
  USER_CREDENTIALS_CHANGED: "the password was changed since the sign-in",
};

/** The Failure of kind `sign-in-needed` for a session that cannot be renewed, and why. */
export function signInAgain(start: LoginSource, why: string, cause?: unknown): Failure {
  return new Failure("sign-in-needed", `cannot use the login_session of ${start.from}: ${why}`, {
    hints: [`sign in with: aws-login login --profile ${shellWord(start.profileName)}`],
    cause,
  });
}

/** The Failure of a renewal, with the service's error in it. */
export function loginFailure(start: LoginSource, reason: Failure): Failure {
  if (reason.kind === "sign-in-needed") return reason;
  const code = reason.serviceError?.code ?? "";
  const why = Object.hasOwn(ended, code) ? ended[code] : undefined;
  if (why !== undefined) return signInAgain(start, `${why} (${reason.message})`, reason);
  const hint =
    code === "INSUFFICIENT_PERMISSIONS"
      ? "the identity needs permission for signin:CreateOAuth2Token"
      : code === "INVALID_REQUEST"
        ? `sign in again with: aws-login login --profile ${shellWord(start.profileName)}`
        : undefined;
  return attempted(reason, `cannot renew the login_session of ${start.from}`, {
    hints: hint === undefined ? [] : [hint],
  });
}
