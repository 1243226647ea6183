/** One call of a rest-json service that is not signed: a bearer token or a client secret identifies the caller. */
import { errorCode } from "../../lib/errors.ts";
import { type Fields, readFields } from "../../lib/json-object.ts";
import { optional } from "../../lib/optional.ts";
import type { Endpoint } from "../endpoints/resolve-endpoint.ts";
import { followServerClock } from "./clock-skew.ts";
import type { HttpClient } from "./http-client.ts";
import type { HttpFailure, HttpRequest, HttpResponse } from "./http-message.ts";
import { readJsonError } from "./json-error.ts";
import { type Attempt, sendWithRetries } from "./retry.ts";
import { isRetryableResponse, isThrottling } from "./retryable-response.ts";
import { unexpectedResponse } from "./unexpected-response.ts";

/** The endpoint of a service and the client that reaches it. */
export interface Caller {
  readonly http: HttpClient;
  readonly endpoint: Endpoint;
}

export interface RestJsonCall {
  /** The operation's name, for messages. */
  readonly action: string;
  readonly method: HttpRequest["method"];
  /** Begins with a slash; a query in it is encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that differ between attempts, because the time is in them. */
  readonly headersOfAttempt?: () => Promise<Readonly<Record<string, string>>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** What no message may repeat. */
  readonly secrets: readonly string[];
  /** For a service whose errors hold more than those of the others. */
  readonly readError?: typeof readJsonError;
  /** Codes that are worth another attempt in this operation, besides those of every service. */
  readonly retryCodes?: readonly string[];
  /**
   * `once` for a request that the service takes only once: it goes over a connection of its own, and is repeated only when
   * it surely never arrived.
   */
  readonly attempts?: "retried" | "once";
  /** `thrown` for a caller that slows down by itself when it is throttled. */
  readonly throttling?: "retried" | "thrown";
  /** As in `HttpRequest`. */
  readonly leadsTo?: "a person";
  /** The status of success besides 200. */
  readonly success?: 201;
  /** `may be empty` for an operation that returns nothing: for any other, an empty body is an unexpected response. */
  readonly returns?: "members" | "may be empty";
}

/**
 * The members of the response. Throws a Failure whose `serviceError` has the code and the status when
 * the service, or something in its place, refused.
 */
export function callRestJson(caller: Caller, call: RestJsonCall): Promise<Fields> {
  const { http } = caller;
  return sendWithRetries<Fields>(http, {
    request: async () => requestOf(caller, call, await call.headersOfAttempt?.()),
    mayRepeat: (failed) => call.attempts !== "once" || neverArrived(failed),
    read: (response, usedOffset) => {
      if (response.status !== 200 && response.status !== call.success)
        return readRefusal(http, call, response, usedOffset);
      const isEmpty = call.returns === "may be empty" && response.body.trim() === "";
      const members = isEmpty ? {} : readFields(response.body);
      if (members === undefined) {
        return { failure: unexpectedResponse(call.action, response, "is not a JSON object"), retry: "final" };
      }
      // The times in the response are AWS's, and the next signature needs AWS's time.
      followServerClock(http, response.headers, usedOffset);
      return { done: members };
    },
  });
}

function requestOf(
  { endpoint }: Caller,
  { action, method, path, headers, body, leadsTo, attempts }: RestJsonCall,
  headersOfAttempt: Readonly<Record<string, string>> | undefined,
): HttpRequest {
  return {
    action,
    method,
    url: `${endpoint.url}${path}`,
    headers: {
      accept: "application/json",
      // A compressed response could grow without bound while it is unpacked.
      "accept-encoding": "identity",
      ...optional("content-type", body === undefined ? undefined : "application/json"),
      ...headers,
      ...headersOfAttempt,
    },
    ...optional("body", body === undefined ? undefined : JSON.stringify(body)),
    ...optional("leadsTo", leadsTo),
    ...optional("connection", attempts === "once" ? ("new" as const) : undefined),
  };
}

function readRefusal(
  http: HttpClient,
  call: RestJsonCall,
  response: HttpResponse,
  usedOffset: number,
): Attempt<never> {
  const failure = (call.readError ?? readJsonError)(call.action, response, call.secrets);
  // These services have no code for a wrong time, so any refusal of headers with a time in them may mean it.
  const timed = call.headersOfAttempt !== undefined;
  if (timed && followServerClock(http, response.headers, usedOffset)) return { failure, retry: "skew" };
  const code = failure.serviceError?.code ?? "";
  const isRetried =
    call.attempts !== "once" &&
    !(call.throttling === "thrown" && isThrottling(failure)) &&
    (isRetryableResponse(response.status, code) || (call.retryCodes ?? []).includes(code));
  return { failure, retry: isRetried ? "transient" : "final" };
}

/** A refused connection has carried nothing. */
function neverArrived({ failure }: HttpFailure): boolean {
  const code = errorCode(failure.cause);
  return code === "ConnectionRefused" || code === "ECONNREFUSED";
}
