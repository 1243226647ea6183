/** An authorization code that a browser brings to a loopback address, or that a person pastes (RFC 8252). */
import { Failure } from "../../lib/errors.ts";
import { optional } from "../../lib/optional.ts";
import type { CallbackRequest, CallbackResponse, System } from "../../system/types.ts";
import { type Callback, callbackPath, readCallback } from "./callback.ts";
import { type CallbackPage, callbackPage } from "./callback-page.ts";
import type { FlowChoice } from "./choose-flow.ts";
import { browserError, noBrowserCame, refusedInBrowser } from "./login-failures.ts";
import { readPasted } from "./pasted-text.ts";
import { sshForwardCommand } from "./ssh-forward.ts";

/** Milliseconds that a person has to sign in and approve, as with the AWS CLI. */
const timeout = 600_000;

export interface CodeRequest<T> {
  readonly system: Pick<System, "stderr" | "openBrowser" | "serveCallback" | "promptPaste">;
  readonly choice: Pick<FlowChoice, "browser" | "elsewhere">;
  /** What the person signs in to, for messages. */
  readonly to: string;
  /** Must come back with the code. */
  readonly state: string;
  /** The page to open, which leads back to the redirect URI. */
  readonly page: (redirectUri: string) => string;
  /** Trades the code, which works once. */
  readonly trade: (code: string, redirectUri: string) => Promise<T>;
}

/** After `no-browser` the caller may log in another way; after `timed-out` the person's time is over. */
export type CodeOutcome<T> =
  | { readonly kind: "traded"; readonly value: T }
  | { readonly kind: "no-browser" | "timed-out"; readonly why: Failure };

/** What ends the listener. */
type Result<T> =
  | { readonly kind: "traded"; readonly value: T }
  | { readonly kind: "thrown"; readonly error: unknown };

interface Attempt<T> {
  readonly request: CodeRequest<T>;
  /** Aborted when the listener has closed. */
  readonly closed: AbortController;
  /** The port of the listener. */
  port: number;
  /** A code has come, and no other is taken. */
  taken: boolean;
}

/** Throws a Failure, or what `trade` throws. The page in the browser says that the sign-in failed. */
export async function authorizationCode<T>(request: CodeRequest<T>): Promise<CodeOutcome<T>> {
  const { system, choice } = request;
  const attempt: Attempt<T> = { request, closed: new AbortController(), port: 0, taken: false };
  let noBrowser: Failure | undefined;
  let pasting: Promise<{ readonly value: Result<T> } | undefined> | undefined;
  const opened = async (port: number) => {
    attempt.port = port;
    try {
      await showPage(attempt);
    } catch (error) {
      if (error instanceof Failure) noBrowser = error;
      throw error;
    }
    if (choice.elsewhere?.paste === "ask") pasting = askForAddress(attempt);
    return pasting;
  };
  const listening = { timeoutMilliseconds: timeout, ...optional("port", choice.elsewhere?.port) };
  let result: Result<T> | undefined;
  try {
    result = await system.serveCallback(respondToCallback(attempt), listening, opened);
  } catch (error) {
    if (noBrowser !== undefined) return { kind: "no-browser", why: noBrowser };
    throw error;
  } finally {
    attempt.closed.abort();
    // The terminal is as it was before anything else is written.
    await pasting?.catch(() => {});
  }
  if (result === undefined) return { kind: "timed-out", why: noBrowserCame(timeout) };
  if (result.kind === "thrown") throw result.error;
  return result;
}

/** Opens the page, or says where it is. Throws a Failure when no browser can be opened and no other may come. */
async function showPage<T>({ request, port }: Attempt<T>): Promise<void> {
  const { system, choice, to } = request;
  const url = request.page(redirectUri(port));
  if (choice.browser === "leave") {
    system.stderr(`aws-login: to sign in to ${to}, open this page in any browser:`);
    system.stderr(`    ${url}`);
  } else {
    system.stderr(
      `aws-login: opening a browser at ${new URL(url).host} to sign in to ${to}; if none appears, open ${url}`,
    );
  }
  const forward = sshForwardCommand(choice.elsewhere?.sshConnection, port);
  if (forward !== undefined) {
    system.stderr("aws-login: for a browser on your own machine to reach this one, run there:");
    system.stderr(`    ${forward}`);
  }
  if (choice.browser === "leave") return;
  try {
    await system.openBrowser(url);
  } catch (error) {
    if (choice.elsewhere === undefined || !(error instanceof Failure)) throw error;
    system.stderr(`aws-login: ${error.message}; waiting for another browser at ${redirectUri(port)}`);
  }
}

/** Responds to each request to the listener. The first one that carries a code or a refusal ends the sign-in. */
function respondToCallback<T>(
  attempt: Attempt<T>,
): (request: CallbackRequest) => Promise<CallbackResponse<Result<T>>> {
  const { system, state } = attempt.request;
  let foreignTold = false;
  return async (request) => {
    const callback = readCallback(request, state, attempt.port);
    if (callback.kind === "stray") return page("stray", callback.status);
    // The browser's argument list holds `state`, and every user of the machine can read that.
    if (!(await request.isOurs())) {
      if (!foreignTold) tellForeign(system);
      foreignTold = true;
      return page("foreign", 403);
    }
    // The code works once: a second tab, or a reloaded page, finds it used.
    if (attempt.taken) return page("stray", 409);
    attempt.taken = true;
    const result = await resultOf(attempt, callback);
    if (callback.kind === "refused") return page("refused", 200, result);
    return page(result.kind === "traded" ? "signed-in" : "failed", 200, result);
  };
}

/**
 * Asks until the person pastes what ends the sign-in. Undefined when the listener has closed before, when another code
 * was taken, and without a terminal; the listener goes on by itself then.
 */
async function askForAddress<T>(attempt: Attempt<T>): Promise<{ readonly value: Result<T> } | undefined> {
  const { request, port, closed } = attempt;
  const { system, state } = request;
  system.stderr(
    `aws-login: the browser ends at ${redirectUri(port)}?…; where it cannot load that page, paste its address here`,
  );
  for (;;) {
    const pasted = await system.promptPaste("Address (not shown), then Enter: ", closed.signal);
    if (pasted.kind === "no-terminal") {
      system.stderr("aws-login: there is no terminal to paste into; waiting for the browser");
    }
    if (pasted.kind === "no-terminal" || pasted.kind === "ended") return undefined;
    const read = pasted.kind === "pasted" ? readPasted(pasted.text, state) : tooLong;
    if (read.kind === "unusable") {
      system.stderr(`aws-login: cannot use what was pasted: ${read.why}`);
      continue;
    }
    if (attempt.taken) return undefined;
    attempt.taken = true;
    const result = await resultOf(attempt, read);
    const { error } = result.kind === "thrown" ? result : { error: undefined };
    // A code without its state may be anything that was on the clipboard, and the browser may still come.
    if (read.kind === "code" && read.state === "unknown" && isRefusal(error)) {
      attempt.taken = false;
      system.stderr(`aws-login: cannot use what was pasted: ${error.message}`);
      continue;
    }
    return { value: result };
  }
}

const tooLong = { kind: "unusable", why: "it is too long" } as const;

function isRefusal(error: unknown): error is Failure {
  return error instanceof Failure && error.serviceError !== undefined && error.serviceError.status < 500;
}

async function resultOf<T>(
  { request, port }: Attempt<T>,
  callback: Exclude<Callback, { kind: "stray" }>,
): Promise<Result<T>> {
  if (callback.kind === "refused") {
    const error = callback.error === "access_denied" ? refusedInBrowser() : browserError(callback.error);
    return { kind: "thrown", error };
  }
  try {
    return { kind: "traded", value: await request.trade(callback.code, redirectUri(port)) };
  } catch (error) {
    return { kind: "thrown", error };
  }
}

function redirectUri(port: number): string {
  return `http://127.0.0.1:${port}${callbackPath}`;
}

function tellForeign(system: Pick<System, "stderr">): void {
  system.stderr(
    "aws-login: a program that is not known to be yours came back from the sign-in, and was refused; to sign in with any browser, end this and add --remote",
  );
}

function page<T>(name: CallbackPage, status: number, value?: Result<T>): CallbackResponse<Result<T>> {
  return { ...callbackPage(name), status, ...optional("result", value && { value }) };
}
