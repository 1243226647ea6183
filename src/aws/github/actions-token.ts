/**
 * The token that GitHub Actions gives a job about itself, from the address that the job's environment names.
 * https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
import { Failure } from "../../lib/errors.ts";
import { fitsHeader } from "../../lib/fits-header.ts";
import { readFields } from "../../lib/json-object.ts";
import type { HttpClient } from "../http/http-client.ts";
import type { HttpResponse } from "../http/http-message.ts";
import { quotable } from "../http/quotable.ts";
import { callRestJson } from "../http/rest-json.ts";
import { incompleteResponse, withoutCode } from "../http/unexpected-response.ts";

/** Where the token is asked for, and the secret that allows it. */
export interface ActionsTokenRequest {
  readonly url: URL;
  readonly requestToken: string;
}

/** Hosts that plain http may go to: the runner of a test, or of act on this machine. */
const loopback = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;

const longestMessage = 200;

/**
 * The values of the variables `ACTIONS_ID_TOKEN_REQUEST_URL` and `ACTIONS_ID_TOKEN_REQUEST_TOKEN`, checked. Throws a Failure
 * that names the variable at fault, and shows no secret.
 */
export function actionsTokenRequest(url: string, requestToken: string): ActionsTokenRequest {
  // The runtime refuses to send such a header, and its error does not say why.
  if (!fitsHeader(requestToken))
    throw unusableVariable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "it has characters that no token has");
  return { url: actionsTokenUrl(url), requestToken };
}

/**
 * The address of the variable `ACTIONS_ID_TOKEN_REQUEST_URL`. https may go anywhere, because a GitHub server of a
 * company's own has its own host; http goes to this machine only. Throws a Failure that shows no more of the address than
 * its host.
 */
export function actionsTokenUrl(value: string): URL {
  const refuse = (why: string) => unusableVariable("ACTIONS_ID_TOKEN_REQUEST_URL", why);
  // URL() removes line ends and turns backslashes into slashes without an error.
  const url = /[^\x21-\x7e]|\\/.test(value) ? null : URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol)) throw refuse("it is not an http or https URL");
  if (url.username !== "" || url.password !== "") throw refuse("it holds a user name or password");
  if (url.protocol === "http:" && !loopback.test(url.hostname))
    throw refuse(`the host ${url.hostname} is not allowed without TLS, because it would be sent a secret`);
  return url;
}

function unusableVariable(variable: string, why: string): Failure {
  return new Failure("failed", `cannot use ${variable}: ${why}`, {
    hints: ["leave the variable as GitHub Actions sets it"],
  });
}

/** Asks for a token with this audience. Throws a Failure that repeats neither the address nor the secret. */
export async function actionsToken(
  http: HttpClient,
  { url, requestToken }: ActionsTokenRequest,
  audience: string,
): Promise<string> {
  const asked = new URL(url);
  asked.searchParams.set("audience", audience);
  const action = "GitHub Actions' token";
  const members = await callRestJson(
    { http, endpoint: { url: asked.origin, host: asked.host, signingRegion: "" } },
    {
      ...{ action, method: "GET", path: `${asked.pathname}${asked.search}` },
      headers: { authorization: `Bearer ${requestToken}` },
      secrets: [requestToken],
      readError: readRefusal,
    },
  );
  const { value } = members;
  if (typeof value === "string" && fitsHeader(value)) return value;
  throw incompleteResponse(action, "value, the token");
}

/** GitHub's errors hold a message and no code of AWS's form. */
function readRefusal(_action: string, response: HttpResponse, secrets: readonly string[]): Failure {
  const { status, body } = response;
  const said = readFields(body)?.message;
  const message = quotable(typeof said === "string" ? said : "", secrets, longestMessage);
  return new Failure("failed", `it responds with status ${status}${message && `: ${message}`}`, {
    serviceError: withoutCode(status),
  });
}
