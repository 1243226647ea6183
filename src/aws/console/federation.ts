/**
 * Trading credentials for a sign-in token, and the token for a URL that opens the console:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html
 * Everything here is a secret but the base URL and the destination.
 */
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { readFields, textField } from "../../lib/json-object.ts";
import { responseShape, unexpectedResponseHint } from "../http/response-text.ts";
import type { HttpResponse } from "../http/send-request.ts";
import { uriEncode } from "../sigv4/uri-encode.ts";

/** How the credentials came to be, as far as the length of a console session depends on it. */
export type ConsoleCredentialKind = "role" | "chained-role" | "federation" | "instance" | "sso" | "unknown";

/**
 * Whether the sign-in service takes `SessionDuration` with such credentials. It refuses the whole request where
 * it does not, so what is not known to work is left out; the session then lasts as long as the credentials.
 * `role` is one assumed straight from long-term keys, a web identity or SAML.
 */
export const sessionDurationAllowed: Readonly<Record<ConsoleCredentialKind, boolean>> = {
  role: true,
  "chained-role": false,
  federation: false,
  instance: false,
  sso: false,
  unknown: false,
};

export interface SigninTokenInput {
  /** `https://` and the sign-in host, or an endpoint somebody set. */
  readonly signInBase: string;
  readonly credentials: Credentials;
  /** 900 to 43200; only for credentials that `sessionDurationAllowed` allows it. */
  readonly sessionDurationSeconds?: number;
}

/** A request as data; its URL or its body holds the credentials. */
export interface SigninTokenRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * The request for a sign-in token. Throws a Failure for credentials without a session token, which cannot be
 * traded, and for a duration out of range.
 */
export function signinTokenRequest(input: SigninTokenInput): SigninTokenRequest {
  const { accessKeyId, secretAccessKey, sessionToken } = input.credentials;
  if (sessionToken === undefined) {
    throw new Failure("failed", "cannot sign in to the console: long-term keys cannot be used there", {
      hints: ["exchange them first: with --get-federation-token, or with --assume-roles"],
    });
  }
  const duration = input.sessionDurationSeconds;
  if (duration !== undefined && !(Number.isInteger(duration) && duration >= 900 && duration <= 43200)) {
    throw new Failure(
      "usage",
      `cannot ask for a console session of ${duration} seconds: it can last 900 to 43200`,
    );
  }
  const session = JSON.stringify({ sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken });
  const form = [
    "Action=getSigninToken",
    ...(duration === undefined ? [] : [`SessionDuration=${duration}`]),
    `Session=${uriEncode(session)}`,
  ].join("&");
  const url = federationUrl(input.signInBase);
  if (methodFor(`${url}?${form}`) === "GET") return { method: "GET", url: `${url}?${form}`, headers: {} };
  return {
    method: "POST",
    url,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: form,
  };
}

/**
 * GET is the documented method. Session tokens have no promised size, though, and servers commonly end a request
 * line at 8 KiB; beyond a safe distance from that, POST, which the service takes too, is the better chance.
 */
function methodFor(getUrl: string): "GET" | "POST" {
  return getUrl.length <= 7000 ? "GET" : "POST";
}

/**
 * The sign-in token of the reply. Throws a Failure that repeats nothing of the reply's body: a token, or the
 * request's own credentials, may stand in it.
 */
export function readSigninToken(answer: HttpResponse): string {
  const { status } = answer;
  if (status === 400) {
    throw refused("the sign-in service refused the credentials (status 400)", [
      "they may have expired, or be of a kind that the console does not take, such as those of --get-session-token",
    ]);
  }
  if (status !== 200) throw refused(`the sign-in service answered with status ${status}`, []);
  const token = textField(readFields(answer.body) ?? {}, "SigninToken");
  if (token !== undefined) return token;
  throw refused(`the reply holds no sign-in token (${responseShape(answer)})`, [unexpectedResponseHint]);
}

/** The URL that signs the browser in, within 15 minutes. */
export function loginUrl(input: {
  readonly signInBase: string;
  readonly destination: string;
  readonly signInToken: string;
}): string {
  const parameters = [
    "Action=login",
    `Destination=${uriEncode(input.destination)}`,
    `SigninToken=${uriEncode(input.signInToken)}`,
  ];
  return `${federationUrl(input.signInBase)}?${parameters.join("&")}`;
}

function federationUrl(signInBase: string): string {
  return `${signInBase.replace(/\/+$/, "")}/federation`;
}

function refused(why: string, hints: readonly string[]): Failure {
  return new Failure("failed", `cannot get a sign-in token for the console: ${why}`, { hints });
}
