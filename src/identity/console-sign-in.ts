/** From acquired credentials to the URL that opens the console with them. */
import { signInHost } from "../aws/console-url.ts";
import { exchange } from "../aws/exchange.ts";
import {
  type ConsoleCredentialKind,
  loginUrl,
  readSigninToken,
  sessionDurationAllowed,
  signinTokenRequest,
} from "../aws/federation.ts";
import { type Attempt, isRetryableAnswer, withRetries } from "../aws/retry.ts";
import { Failure } from "../errors.ts";
import type { Identity } from "./acquire-identity.ts";
import type { CredentialKind } from "./plan.ts";

const consoleKinds: Readonly<Record<CredentialKind, ConsoleCredentialKind>> = {
  "long-term": "unknown",
  temporary: "unknown",
  "session-token": "unknown",
  federation: "federation",
  role: "role",
  "chained-role": "chained-role",
  instance: "instance",
  sso: "sso",
};

/**
 * The sign-in URL, a secret for the 15 minutes that it works. `durationSeconds` is what the person asked for and is
 * passed on where AWS takes it. Throws a Failure.
 */
export async function consoleSignIn(
  identity: Identity,
  destination: string,
  durationSeconds: number | undefined,
): Promise<string> {
  if (identity.kind === "session-token") {
    throw new Failure("failed", "cannot sign in to the console with the credentials of --get-session-token", {
      hints: ["use --get-federation-token instead, or add --assume-roles"],
    });
  }
  const custom = identity.signInEndpoint();
  const signInBase = custom?.url ?? `https://${signInHost(await identity.partition())}`;
  const asksDuration = durationSeconds !== undefined && sessionDurationAllowed[consoleKinds[identity.kind]];
  const request = signinTokenRequest({
    signInBase,
    credentials: identity.credentials,
    ...(asksDuration ? { sessionDurationSeconds: durationSeconds } : {}),
  });
  const { wire } = identity;
  const signInToken = await withRetries(wire, async (): Promise<Attempt<string>> => {
    const headers = { ...request.headers, "accept-encoding": "identity" };
    const outcome = await exchange(wire, { ...request, headers, action: "getSigninToken" });
    if (outcome.kind === "failure") {
      const failure = new Failure(
        "failed",
        `cannot get a sign-in token for the console: ${outcome.failure.message}`,
        {
          hints: outcome.failure.hints,
          cause: outcome.failure,
        },
      );
      return { failure, retry: outcome.retryable ? (outcome.timedOut ? "timeout" : "transient") : "final" };
    }
    const { answer } = outcome;
    try {
      return {
        done: readSigninToken(answer.status, answer.headers.get("content-type") ?? undefined, answer.body),
      };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { failure: error, retry: isRetryableAnswer(answer.status, undefined) ? "transient" : "final" };
    }
  });
  return loginUrl({ signInBase, destination, signInToken });
}
