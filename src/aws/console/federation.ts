/**
 * Trades credentials for a sign-in token, and the token for a URL that opens the console:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html
 * Everything here is a secret but the base URL and the destination.
 */
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { readFields, textField } from "../../lib/json-object.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import { unexpectedResponse, withoutCode } from "../http/unexpected-response.ts";
import { uriEncode } from "../sigv4/uri-encode.ts";

export interface SigninTokenInput {
  /** `https://` and the sign-in host, or a custom endpoint. */
  readonly signInBase: string;
  readonly credentials: Credentials;
  /** 900 to 43200; only for credentials for which the service accepts it. */
  readonly sessionDurationSeconds?: number;
}

/** The operation's name, for messages and traces. */
const action = "getSigninToken";

/**
 * The request for a sign-in token; its URL or its body holds the credentials. Throws a Failure for credentials without
 * a session token, which cannot be traded, and for a duration out of range.
 */
export function signinTokenRequest(input: SigninTokenInput): HttpRequest {
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
    `Action=${action}`,
    ...(duration === undefined ? [] : [`SessionDuration=${duration}`]),
    `Session=${uriEncode(session)}`,
  ].join("&");
  const url = federationUrl(input.signInBase);
  // A compressed response could grow without bound while it is unpacked.
  const headers = { "accept-encoding": "identity" };
  if (methodFor(`${url}?${form}`) === "GET") return { action, method: "GET", url: `${url}?${form}`, headers };
  const formHeaders = { "content-type": "application/x-www-form-urlencoded", ...headers };
  return { action, method: "POST", url, headers: formHeaders, body: form };
}

/**
 * GET is the documented method. Session tokens have no promised size, though, and servers commonly end a request
 * line at 8 KiB; beyond a safe distance from that, POST, which the service takes too, is the better chance.
 */
function methodFor(getUrl: string): "GET" | "POST" {
  return getUrl.length <= 7000 ? "GET" : "POST";
}

/**
 * The sign-in token of the response. Throws a Failure that has the status in its `serviceError` and repeats nothing of
 * the body, which may hold a token or the request's own credentials.
 */
export function readSigninToken(response: HttpResponse): string {
  const { status } = response;
  if (status === 400) {
    throw new Failure("failed", "the sign-in service refused the credentials (status 400)", {
      hints: [
        "they may have expired, or be of a kind that the console does not take, such as those of --get-session-token",
      ],
      serviceError: withoutCode(status),
    });
  }
  if (status !== 200) {
    throw new Failure("failed", `the sign-in service responded with status ${status}`, {
      serviceError: withoutCode(status),
    });
  }
  const token = textField(readFields(response.body) ?? {}, "SigninToken");
  if (token !== undefined) return token;
  throw unexpectedResponse(action, response, "holds no sign-in token", {
    serviceError: withoutCode(status),
  });
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

/**
 * The URL that ends the browser's session in the console, and then signs it in. Only the host of us-east-1 redirects. The
 * values of `login` are encoded before the whole is: AWS decodes them one after the other.
 */
export function logoutFirstUrl(login: string, signInBase: string | undefined): string {
  const base = signInBase?.replace(/\/+$/, "") ?? "https://us-east-1.signin.aws.amazon.com";
  return `${base}/oauth?Action=logout&redirect_uri=${uriEncode(login)}`;
}

function federationUrl(signInBase: string): string {
  return `${signInBase.replace(/\/+$/, "")}/federation`;
}
