/** From acquired credentials to the URL that opens the console with them. */
import { signInHost } from "../../aws/console/console-url.ts";
import {
  type ConsoleCredentialKind,
  loginUrl,
  readSigninToken,
  type SigninTokenRequest,
  sessionDurationAllowed,
  signinTokenRequest,
} from "../../aws/console/federation.ts";
import type { HttpClient } from "../../aws/http/http-client.ts";
import { type Attempt, isRetryableResponse, unanswered, withRetries } from "../../aws/http/retry.ts";
import { sendRequest } from "../../aws/http/send-request.ts";
import type { CredentialKind } from "../../credentials/plan.ts";
import type { Identity } from "../../credentials/resolve.ts";
import { attempted, Failure } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";

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
 * passed on where AWS takes it; where it does not after all, a warning says so. Throws a Failure.
 */
export async function consoleSignIn(
  identity: Identity,
  destination: string,
  durationSeconds: number | undefined,
  system: Pick<System, "stderr">,
): Promise<string> {
  checkConsoleKind(identity.kind);
  const custom = identity.signInEndpoint();
  const signInBase = custom?.url ?? `https://${signInHost(await identity.partition())}`;
  const asksDuration = durationSeconds !== undefined && sessionDurationAllowed[consoleKinds[identity.kind]];
  const { http, credentials } = identity;
  const plain = { signInBase, credentials };
  const asked = await askToken(
    http,
    signinTokenRequest(asksDuration ? { ...plain, sessionDurationSeconds: durationSeconds } : plain),
  );
  if ("token" in asked) return loginUrl({ signInBase, destination, signInToken: asked.token });
  if (!asksDuration) throw asked.refusal;
  // A role may be a link of a chain that nobody here knows of, or allow less time: the answer does not say which.
  const again = await askToken(http, signinTokenRequest(plain));
  if ("refusal" in again) throw again.refusal;
  system.stderr(
    "aws-login: warning: the sign-in service refused a session of --duration; the console session lasts as long as the credentials",
  );
  return loginUrl({ signInBase, destination, signInToken: again.token });
}

/** Throws a Failure for credentials that the sign-in service refuses in any case. */
export function checkConsoleKind(kind: CredentialKind): void {
  if (kind !== "session-token") return;
  throw new Failure("failed", "cannot sign in to the console with the credentials of --get-session-token", {
    hints: ["use --get-federation-token instead, or add --assume-roles"],
  });
}

/** The token, or what the service refused with. Throws a Failure where it did neither. */
async function askToken(
  http: HttpClient,
  request: SigninTokenRequest,
): Promise<{ readonly token: string } | { readonly refusal: Failure }> {
  let refusal: Failure | undefined;
  try {
    return {
      token: await withRetries(http, async (): Promise<Attempt<string>> => {
        const headers = { ...request.headers, "accept-encoding": "identity" };
        const outcome = await sendRequest(http, { ...request, headers, action: "getSigninToken" });
        if (outcome.kind === "failure") {
          const failure = attempted(outcome.failure, "cannot get a sign-in token for the console");
          return unanswered({ ...outcome, failure });
        }
        const { status } = outcome.answer;
        try {
          return { done: readSigninToken(outcome.answer) };
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          if (status === 400) refusal = error;
          return { failure: error, retry: isRetryableResponse(status, undefined) ? "transient" : "final" };
        }
      }),
    };
  } catch (error) {
    if (refusal === undefined) throw error;
    return { refusal };
  }
}
