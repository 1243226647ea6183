/** One call of a rest-json service that is not signed: a bearer token or a client secret says who asks. */
import type { Endpoint } from "../place/endpoints.ts";
import { exchange, type HttpRequest } from "./exchange.ts";
import { jsonObject, readJsonError, unreadableAnswer } from "./json-error.ts";
import { type Attempt, isRetryableAnswer, withRetries } from "./retry.ts";
import { isThrottling } from "./throttling.ts";
import type { Wire } from "./wire.ts";

/** Where a service is asked, and through what. */
export interface Caller {
  readonly wire: Wire;
  readonly endpoint: Endpoint;
}

export interface RestJsonCall {
  /** The operation's name, for messages. */
  readonly action: string;
  readonly method: HttpRequest["method"];
  /** Begins with a slash; a query stands in it encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** What must not come back in a message. */
  readonly secrets: readonly string[];
  /** Codes that are worth another attempt in this operation, besides those of every service. */
  readonly retryCodes?: readonly string[];
  /** `once` for a request that an answered attempt uses up: it is repeated only when it surely never arrived. */
  readonly attempts?: "retried" | "once";
  /** `thrown` for whoever asks in another measure when it is told that it asks too often. */
  readonly throttling?: "retried" | "thrown";
}

/**
 * The members of the answer; none for an empty body. Throws a Failure whose `answer` has the code and the status when
 * the service, or something in its place, refused.
 */
export async function callRestJson(caller: Caller, call: RestJsonCall): Promise<Record<string, unknown>> {
  const { wire, endpoint } = caller;
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
  return withRetries(wire, async (): Promise<Attempt<Record<string, unknown>>> => {
    const outcome = await exchange(wire, request);
    if (outcome.kind === "failure") {
      const again = outcome.retryable && (call.attempts !== "once" || neverArrived(outcome.failure.cause));
      return {
        failure: outcome.failure,
        retry: again ? (outcome.timedOut ? "timeout" : "transient") : "final",
      };
    }
    const { answer } = outcome;
    if (answer.status === 200) {
      const members = answer.body.trim() === "" ? {} : jsonObject(answer.body);
      if (members === undefined) return { failure: unreadableAnswer(call.action, answer), retry: "final" };
      return { done: members };
    }
    const failure = readJsonError(call.action, answer, call.secrets);
    const code = failure.answer?.code ?? "";
    const again =
      call.attempts !== "once" &&
      !(call.throttling === "thrown" && isThrottling(failure)) &&
      (isRetryableAnswer(answer.status, code) || (call.retryCodes ?? []).includes(code));
    return { failure, retry: again ? "transient" : "final" };
  });
}

/** A refused connection has carried nothing. */
function neverArrived(cause: unknown): boolean {
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return false;
  return cause.code === "ConnectionRefused" || cause.code === "ECONNREFUSED";
}
