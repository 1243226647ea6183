/** From acquired credentials to the URL that opens the console with them. */
import { signInHost } from "../../aws/console/console-url.ts";
import { loginUrl, readSigninToken, signinTokenRequest } from "../../aws/console/federation.ts";
import type { Partition } from "../../aws/endpoints/partitions.ts";
import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import type { HttpClient } from "../../aws/http/http-client.ts";
import type { HttpRequest } from "../../aws/http/http-message.ts";
import { type Attempt, sendWithRetries } from "../../aws/http/retry.ts";
import { isRetryableResponse } from "../../aws/http/retryable-response.ts";
import { CREDENTIAL_KINDS, type CredentialKind } from "../../credentials/kinds.ts";
import type { Identity } from "../../credentials/resolve.ts";
import { attempted, Failure } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";

/**
 * The sign-in URL, a secret for the 15 minutes that it works. `durationSeconds` is the value of `--duration` and is
 * passed on where AWS takes it; where the service refuses it all the same, a warning says so. Throws a Failure.
 */
export async function consoleSignInUrl(
  identity: Identity,
  destination: string,
  durationSeconds: number | undefined,
  system: Pick<System, "stderr">,
): Promise<string> {
  checkConsoleKind(identity.kind);
  const base = signInBase(identity.signInEndpoint(), await identity.partition());
  const { http, credentials } = identity;
  const plain = { signInBase: base, credentials };
  if (durationSeconds !== undefined && CREDENTIAL_KINDS[identity.kind].takesConsoleDuration) {
    try {
      const request = signinTokenRequest({ ...plain, sessionDurationSeconds: durationSeconds });
      return loginUrl({ signInBase: base, destination, signInToken: await requestToken(http, request) });
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    // The role may be part of a chain that this run does not see, or allow less time: the refusal does not say which.
    const signInToken = await requestToken(http, signinTokenRequest(plain));
    system.stderr(
      "aws-login: warning: the sign-in service refused a session of --duration; the console session lasts as long as the credentials",
    );
    return loginUrl({ signInBase: base, destination, signInToken });
  }
  const signInToken = await requestToken(http, signinTokenRequest(plain));
  return loginUrl({ signInBase: base, destination, signInToken });
}

/** The URL of the host that trades credentials for sign-in tokens. Throws a Failure for a partition without a console. */
export function signInBase(custom: Endpoint | undefined, partition: Partition): string {
  return custom?.url ?? `https://${signInHost(partition)}`;
}

/** Throws a Failure for credentials that the sign-in service refuses in any case. */
export function checkConsoleKind(kind: CredentialKind): void {
  if (kind !== "session-token") return;
  throw new Failure("failed", "cannot sign in to the console with the credentials of --get-session-token", {
    hints: ["use --get-federation-token instead, or add --assume-roles"],
  });
}

/** The sign-in token. Throws a Failure that has the status of a refusal. */
async function requestToken(http: HttpClient, request: HttpRequest): Promise<string> {
  try {
    return await sendWithRetries(http, {
      request: () => request,
      read: (response): Attempt<string> => {
        try {
          return { done: readSigninToken(response) };
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          const isTransient = isRetryableResponse(response.status, undefined);
          return { failure: error, retry: isTransient ? "transient" : "final" };
        }
      },
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw attempted(error, "cannot get a sign-in token for the console");
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Failure && error.serviceError?.status === 400;
}
