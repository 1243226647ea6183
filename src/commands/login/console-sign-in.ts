/** The sign-in with console credentials: in a browser of this machine, or in one of another machine. */

import type { Caller } from "../../aws/http/rest-json.ts";
import { confirmationUrl, loginAuthorizeUrl, SIGNIN_CLIENTS } from "../../aws/signin/authorize-url.ts";
import { createLogin, type NewLogin } from "../../aws/signin/create-oauth2-token.ts";
import { Failure } from "../../lib/errors.ts";
import { codeChallenge, codeVerifier } from "../../lib/pkce.ts";
import { uuidOf } from "../../lib/uuid.ts";
import { authorizationCode, type CodeRequest } from "../../sso/login/authorization-code.ts";
import type { System } from "../../system/types.ts";
import { readConfirmation } from "./confirmation-code.ts";

export interface ConsoleSignIn {
  readonly system: CodeRequest<unknown>["system"] & Pick<System, "randomBytes" | "deadline">;
  /** The sign-in service. */
  readonly caller: Caller;
  /** PEM of the key that the refresh token is bound to. */
  readonly dpopKey: string;
}

export type SignedIn = NewLogin & { readonly clientId: string };

/** How messages call what the person signs in to. */
const target = "AWS with console credentials";

/** Milliseconds in which the person has to paste the code. */
const pasteTimeout = 600_000;

/**
 * Opens the page, or shows it, and waits for the browser at a loopback address. Undefined when no browser can be opened.
 * Throws a Failure.
 */
export async function signInHere(
  signIn: ConsoleSignIn,
  choice: CodeRequest<SignedIn>["choice"],
): Promise<SignedIn | undefined> {
  const { system } = signIn;
  const begun = begin(signIn, "same-device");
  const outcome = await authorizationCode<SignedIn>({
    ...{ system, choice, to: target, state: begun.state },
    page: begun.page,
    trade: begun.trade,
  });
  if (outcome.kind === "traded") return outcome.value;
  if (outcome.kind === "no-browser") {
    system.stderr(`aws-login: ${outcome.why.message}; signing in with a browser on another machine instead`);
    return undefined;
  }
  throw new Failure("failed", outcome.why.message, {
    hints: ["use a browser on another machine instead, with --remote"],
  });
}

/** Shows the page, and takes the code that it ends with from the terminal. Throws a Failure. */
export async function signInElsewhere(signIn: ConsoleSignIn): Promise<SignedIn> {
  const { system, caller } = signIn;
  const { state, page, trade } = begin(signIn, "cross-device");
  const redirectUri = confirmationUrl(caller.endpoint);
  system.stderr(`aws-login: to sign in to ${target}, open this page in any browser:`);
  system.stderr(`    ${page(redirectUri)}`);
  system.stderr("aws-login: paste the code that the page shows at the end");
  const until = system.deadline(pasteTimeout);
  for (;;) {
    const pasted = await system.promptPaste("Code (not shown), then Enter: ", until);
    if (pasted.kind === "no-terminal") {
      throw new Failure("failed", "there is no terminal to paste the code into", {
        hints: ["run the command on a terminal, or with --callback-port PORT and that port forwarded"],
      });
    }
    if (pasted.kind === "ended") throw new Failure("failed", "no code was pasted within 10 minutes");
    const read =
      pasted.kind === "pasted"
        ? readConfirmation(pasted.text, state)
        : ({ kind: "unusable", why: "it is too long" } as const);
    if (read.kind === "code") return trade(read.code, redirectUri);
    system.stderr(`aws-login: cannot use what was pasted: ${read.why}`);
  }
}

/** The secrets of one sign-in, and what is done with them. */
function begin(
  { system, caller, dpopKey }: ConsoleSignIn,
  device: keyof typeof SIGNIN_CLIENTS,
): Pick<CodeRequest<SignedIn>, "state" | "page" | "trade"> {
  const clientId = SIGNIN_CLIENTS[device];
  const verifier = codeVerifier(system.randomBytes(64));
  const state = uuidOf(system.randomBytes(16));
  return {
    state,
    page: (redirectUri) =>
      loginAuthorizeUrl(caller.endpoint, {
        ...{ clientId, redirectUri, state },
        codeChallenge: codeChallenge(verifier),
      }),
    trade: async (code, redirectUri) => {
      const grant = { clientId, code, codeVerifier: verifier, redirectUri, dpopKey };
      const login = await createLogin(caller, grant, () => uuidOf(system.randomBytes(16)));
      return { ...login, clientId };
    },
  };
}
