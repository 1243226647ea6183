/** Logging in with a browser on this machine, which comes back with an authorization code (RFC 8252, RFC 7636). */
import { authorizeUrl } from "../../aws/sso/authorize-url.ts";
import { type Client, createToken, type NewToken } from "../../aws/sso/oidc.ts";
import { Failure } from "../../lib/errors.ts";
import { uuidOf } from "../../lib/uuid.ts";
import type { CallbackRequest, CallbackResponse } from "../../system/types.ts";
import { callbackPath, readCallback } from "./callback.ts";
import { type CallbackPage, callbackPage } from "./callback-page.ts";
import type { LoginContext, Portal } from "./context.ts";
import { browserError, noBrowserCame, refusedInBrowser } from "./login-failures.ts";

/** Milliseconds that a person has to sign in and approve, as with the AWS CLI. */
const timeout = 600_000;

/** After `no-browser` the caller may log in another way; after `timed-out` the person's time is over. */
export type BrowserOutcome =
  | { readonly kind: "token"; readonly token: NewToken }
  | { readonly kind: "no-browser" | "timed-out"; readonly why: Failure };

/** One login: what the authorize URL says, and what must come back. */
interface Attempt {
  readonly context: LoginContext;
  readonly client: Client;
  readonly portal: Portal;
  readonly verifier: string;
  readonly state: string;
  /** The port of the listener. */
  port: number;
}

/** What ends the listener. */
type Result =
  | { readonly kind: "token"; readonly token: NewToken }
  | { readonly kind: "thrown"; readonly error: unknown };

/** Throws a Failure; `oidcError` has the code of a refusal. The page in the browser says that the login failed. */
export async function loginInBrowser(
  context: LoginContext,
  client: Client,
  portal: Portal,
): Promise<BrowserOutcome> {
  const { system } = context;
  const verifier = codeVerifier(system.randomBytes(64));
  const attempt: Attempt = {
    ...{ context, client, portal, verifier },
    state: uuidOf(system.randomBytes(16)),
    port: 0,
  };
  let noBrowser: Failure | undefined;
  const opened = async (port: number): Promise<void> => {
    attempt.port = port;
    try {
      await openAuthorizePage(attempt);
    } catch (error) {
      if (error instanceof Failure) noBrowser = error;
      throw error;
    }
  };
  let result: Result | undefined;
  try {
    result = await system.serveCallback(callbackAnswers(attempt), timeout, opened);
  } catch (error) {
    if (noBrowser !== undefined) return { kind: "no-browser", why: noBrowser };
    throw error;
  }
  if (result === undefined) return { kind: "timed-out", why: noBrowserCame(timeout) };
  if (result.kind === "thrown") throw result.error;
  return result;
}

async function openAuthorizePage(attempt: Attempt): Promise<void> {
  const { context, client, portal, state, verifier } = attempt;
  const { endpoint } = context.oidc();
  const url = authorizeUrl(endpoint, {
    clientId: client.clientId,
    redirectUri: redirectUri(attempt),
    state,
    scopes: portal.scopes,
    codeChallenge: codeChallenge(verifier),
  });
  context.system.stderr(
    `aws-login: opening a browser at ${endpoint.host} to sign in to ${portal.startUrl}; if none appears, open ${url}`,
  );
  await context.system.openBrowser(url);
}

/** Answers each request to the listener. The first one that carries a code or a refusal ends the login. */
function callbackAnswers(attempt: Attempt): (request: CallbackRequest) => Promise<CallbackResponse<Result>> {
  const { context, state } = attempt;
  let taken = false;
  let foreignTold = false;
  return async (request) => {
    const callback = readCallback(request, state, attempt.port);
    if (callback.kind === "stray") return page("stray", callback.status);
    // The browser's argument list holds `state`, and every user of the machine can read that.
    if (!(await request.isOurs())) {
      if (!foreignTold) tellForeign(context);
      foreignTold = true;
      return page("foreign", 403);
    }
    // The code works once: a second tab, or a reloaded page, finds it used.
    if (taken) return page("stray", 409);
    taken = true;
    if (callback.kind === "code") return trade(attempt, callback.code);
    const error = callback.error === "access_denied" ? refusedInBrowser() : browserError(callback.error);
    return page("refused", 200, { kind: "thrown", error });
  };
}

/** Trades the code for a token while the browser waits for its page. */
async function trade(attempt: Attempt, code: string): Promise<CallbackResponse<Result>> {
  const { context, client, verifier } = attempt;
  try {
    const token = await createToken(context.oidc(), client, {
      kind: "authorization-code",
      code,
      redirectUri: redirectUri(attempt),
      codeVerifier: verifier,
    });
    return page("signed-in", 200, { kind: "token", token });
  } catch (error) {
    return page("failed", 200, { kind: "thrown", error });
  }
}

function redirectUri({ port }: Attempt): string {
  return `http://127.0.0.1:${port}${callbackPath}`;
}

function tellForeign({ system }: LoginContext): void {
  system.stderr(
    "aws-login: a program that is not known to be yours came back from the sign-in, and was not answered; to sign in with any browser, end this and add --use-device-code",
  );
}

function page(name: CallbackPage, status: number, value?: Result): CallbackResponse<Result> {
  return { ...callbackPage(name), status, ...(value === undefined ? {} : { result: { value } }) };
}

/** The characters of a code verifier, 64 of the 66 that RFC 7636 allows. */
const verifierCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A verifier of 64 characters, six bits each. `bytes` are 64 random ones. */
export function codeVerifier(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => verifierCharacters.charAt(byte & 63)).join("");
}

/** The SHA-256 of the verifier, which the authorize URL carries: only the verifier's owner can then use the code. */
export function codeChallenge(verifier: string): string {
  return new Bun.CryptoHasher("sha256").update(verifier).digest("base64url").replace(/=+$/, "");
}
