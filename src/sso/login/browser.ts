/** Signing in with a browser on this machine, which comes back with an authorization code (RFC 8252, RFC 7636). */
import { authorizeUrl } from "../../aws/sso/authorize-url.ts";
import { type Client, createToken, type NewToken } from "../../aws/sso/oidc.ts";
import { Failure } from "../../lib/errors.ts";
import { uuidOf } from "../../lib/uuid.ts";
import type { CallbackRequest, CallbackResponse } from "../../system/types.ts";
import { callbackPath, readCallback } from "./callback.ts";
import { type CallbackPage, callbackPage } from "./callback-page.ts";
import type { LoginContext, Portal } from "./context.ts";
import { refused } from "./refused.ts";

/** Milliseconds for a person to sign in and approve, as the AWS CLI gives them. */
const timeout = 600_000;

/** `no-browser` leaves it to the caller to find another way; after `nobody` the time is over. */
export type BrowserOutcome =
  | { readonly kind: "token"; readonly token: NewToken }
  | { readonly kind: "no-browser" | "nobody"; readonly why: Failure };

/** Throws a Failure; `oidcError` tells what the service refused with. The page in the browser says the same. */
export async function loginInBrowser(
  context: LoginContext,
  client: Client,
  portal: Portal,
): Promise<BrowserOutcome> {
  const { system } = context;
  const oidc = context.oidc();
  const verifier = codeVerifier(system.randomBytes(64));
  const state = uuidOf(system.randomBytes(16));
  let port = 0;
  let taken = false;
  let foreignTold = false;
  const tellForeign = () => {
    if (!foreignTold) {
      system.stderr(
        "aws-login: a program that is not known to be yours came back from the sign-in, and was not answered; to sign in with any browser, end this and add --use-device-code",
      );
    }
    foreignTold = true;
  };
  const redirectUri = () => `http://127.0.0.1:${port}${callbackPath}`;

  const answer = async (request: CallbackRequest): Promise<CallbackResponse<Came>> => {
    const callback = readCallback(request, state, port);
    if (callback.kind === "stray") return page("stray", callback.status);
    // `state` stands in the browser's argument list, for every user of the machine to read.
    if (!(await request.isOurs())) {
      tellForeign();
      return page("foreign", 403);
    }
    // The code works once: a second tab, or a reloaded page, finds it used.
    if (taken) return page("stray", 409);
    taken = true;
    if (callback.kind === "refused") return page("refused", 200, refusal(callback.error, portal));
    try {
      const token = await createToken(oidc, client, {
        kind: "authorization-code",
        code: callback.code,
        redirectUri: redirectUri(),
        codeVerifier: verifier,
      });
      return page("signed-in", 200, { kind: "token", token });
    } catch (error) {
      return page("failed", 200, { kind: "thrown", error });
    }
  };

  let noBrowser: Failure | undefined;
  const opened = async (listening: number): Promise<void> => {
    port = listening;
    const url = authorizeUrl(oidc.endpoint, {
      clientId: client.clientId,
      redirectUri: redirectUri(),
      state,
      scopes: portal.scopes,
      codeChallenge: codeChallenge(verifier),
    });
    system.stderr(
      `aws-login: opening a browser at ${oidc.endpoint.host} to sign in to ${portal.startUrl}; if none appears, open ${url}`,
    );
    try {
      await system.openBrowser(url);
    } catch (error) {
      if (error instanceof Failure) noBrowser = error;
      throw error;
    }
  };

  let came: Came | undefined;
  try {
    came = await system.serveCallback(answer, timeout, opened);
  } catch (error) {
    if (noBrowser !== undefined) return { kind: "no-browser", why: noBrowser };
    throw error;
  }
  if (came === undefined) return { kind: "nobody", why: nobodyCame(portal) };
  if (came.kind === "thrown") throw came.error;
  return came;
}

type Came =
  | { readonly kind: "token"; readonly token: NewToken }
  | { readonly kind: "thrown"; readonly error: unknown };

function page(name: CallbackPage, status: number, value?: Came): CallbackResponse<Came> {
  return { ...callbackPage(name), status, ...(value === undefined ? {} : { result: { value } }) };
}

function refusal(error: string, portal: Portal): Came {
  if (error === "access_denied") return { kind: "thrown", error: refused(portal) };
  // The word came through the browser: only what an error of OAuth looks like is shown.
  const named = /^[a-z_]{1,60}$/.test(error) ? error : "an error of no known name";
  const message = `cannot sign in to ${portal.startUrl}: the browser came back with ${named}`;
  return { kind: "thrown", error: new Failure("failed", message) };
}

function nobodyCame(portal: Portal): Failure {
  return new Failure(
    "failed",
    `cannot sign in to ${portal.startUrl}: no browser came back within ${timeout / 60_000} minutes`,
    { hints: ["use a browser on any machine instead, with --use-device-code"] },
  );
}

/** The characters of a code verifier, 64 of the 66 that RFC 7636 allows. */
const verifierCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** 64 characters of six bits each, all of them ones that a verifier may have. `bytes` are 64 random ones. */
export function codeVerifier(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => verifierCharacters.charAt(byte & 63)).join("");
}

/** What the service is told beforehand, so that only who knows the verifier can use the code. */
export function codeChallenge(verifier: string): string {
  return new Bun.CryptoHasher("sha256").update(verifier).digest("base64url").replace(/=+$/, "");
}
