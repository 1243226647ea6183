/** One call of a rest-json service that is not signed: a bearer token or a client secret says who asks. */
import { errorCode, Failure } from "../../lib/errors.ts";
import { type Fields, readFields } from "../../lib/json-object.ts";
import type { Endpoint } from "../endpoints/resolve-endpoint.ts";
import { followServerClock } from "./clock-skew.ts";
import type { HttpClient } from "./http-client.ts";
import { readJsonError, unreadableResponse, wordless } from "./json-error.ts";
import { type Attempt, isRetryableResponse, unanswered, withRetries } from "./retry.ts";
import { type HttpRequest, sendRequest } from "./send-request.ts";
import { isThrottling } from "./throttling.ts";

/** Where a service is asked, and through what. */
export interface Caller {
  readonly http: HttpClient;
  readonly endpoint: Endpoint;
}

export interface RestJsonCall {
  /** The operation's name, for messages. */
  readonly action: string;
  readonly method: HttpRequest["method"];
  /** Begins with a slash; a query stands in it encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that no two attempts may share, with the time in them. */
  readonly headersOfAttempt?: () => Promise<Readonly<Record<string, string>>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** What must not come back in a message. */
  readonly secrets: readonly string[];
  /** For a service whose errors hold more than those of the others. */
  readonly readError?: typeof readJsonError;
  /** Codes that are worth another attempt in this operation, besides those of every service. */
  readonly retryCodes?: readonly string[];
  /** `once` for a request that an answered attempt uses up: it is repeated only when it surely never arrived. */
  readonly attempts?: "retried" | "once";
  /** `thrown` for whoever asks in another measure when it is told that it asks too often. */
  readonly throttling?: "retried" | "thrown";
  /** `may be empty` for an operation that has nothing to tell: of any other, an empty answer is none. */
  readonly answers?: "with members" | "may be empty";
}

/**
 * The members of the answer. Throws a Failure whose `serviceError` has the code and the status when
 * the service, or something in its place, refused.
 */
export async function callRestJson(caller: Caller, call: RestJsonCall): Promise<Fields> {
  const { http, endpoint } = caller;
  const request: HttpRequest = {
    action: call.action,
    method: call.method,
    url: `${endpoint.url}${call.path}`,
    headers: {
      accept: "application/json",
      // An answer in another coding could grow without bound while it is unpacked.
      "accept-encoding": "identity",
      ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      ...call.headers,
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  };
  return withRetries(http, async (): Promise<Attempt<Fields>> => {
    const usedOffset = http.clockOffset;
    const own = await call.headersOfAttempt?.();
    const outcome = await sendRequest(http, { ...request, headers: { ...request.headers, ...own } });
    if (outcome.kind === "failure") {
      return unanswered(outcome, call.attempts !== "once" || neverArrived(outcome.failure.cause));
    }
    const { answer } = outcome;
    if (answer.status === 200) {
      const isEmpty = call.answers === "may be empty" && answer.body.trim() === "";
      const members = isEmpty ? {} : readFields(answer.body);
      if (members === undefined) return { failure: unreadableResponse(call.action, answer), retry: "final" };
      // What it brings ends by AWS's clock, and what is signed next needs AWS's time.
      followServerClock(http, answer.headers, usedOffset);
      return { done: members };
    }
    const failure = (call.readError ?? readJsonError)(call.action, answer, call.secrets);
    // No code of these services is known to stand for a time that is off, so that any refusal may.
    if (own !== undefined && followServerClock(http, answer.headers, usedOffset)) {
      return { failure, retry: "skew" };
    }
    const code = failure.serviceError?.code ?? "";
    const again =
      call.attempts !== "once" &&
      !(call.throttling === "thrown" && isThrottling(failure)) &&
      (isRetryableResponse(answer.status, code) || (call.retryCodes ?? []).includes(code));
    return { failure, retry: again ? "transient" : "final" };
  });
}

/** The Failure for an answer (200) without what it must have; `wanted` names that. The same answer would come again. */
export function incomplete(action: string, wanted: string): Failure {
  return new Failure("failed", `the answer to ${action} lacks ${wanted}`, { serviceError: wordless(200) });
}

/** A refused connection has carried nothing. */
function neverArrived(cause: unknown): boolean {
  const code = errorCode(cause);
  return code === "ConnectionRefused" || code === "ECONNREFUSED";
}
