/**
 * The SDKs' standard retry mode, as botocore and AWS CLI v2 have it: a delay of random(0, 1) times
 * min(2^(n-1), 20) seconds before retry n, and a bucket of 500 tokens that ends retrying when a whole run fails.
 */
import type { Failure } from "../../lib/errors.ts";
import type { HttpClient } from "./http-client.ts";
import type { HttpFailure, HttpRequest, HttpResponse } from "./http-message.ts";
import { advisedOnThrottling } from "./retryable-response.ts";
import { sendRequest } from "./send-request.ts";

export const retryBucket = 500;

/**
 * How an attempt ended. `timeout` is a transient failure that a timeout ended; `skew` asks for one repetition
 * with the clock that the server taught; `final` is not tried again.
 */
export type Attempt<T> =
  | { readonly done: T }
  | { readonly failure: Failure; readonly retry: "transient" | "timeout" | "skew" | "final" };

/** A request and what its outcomes mean. */
export interface RetriedCall<T> {
  /** Called before each attempt, so that a signature or a proof is as new as the attempt. */
  readonly request: () => HttpRequest | Promise<HttpRequest>;
  /** `usedOffset` is the clock offset in milliseconds that the request was made with. */
  readonly read: (response: HttpResponse, usedOffset: number) => Attempt<T> | Promise<Attempt<T>>;
  /** Whether a request that failed in this way may be sent again; always when absent. */
  readonly mayRepeat?: (failed: HttpFailure) => boolean;
}

/** Milliseconds to wait before retry number `retry` (1 for the first); `random` is in [0, 1). */
export function retryDelay(retry: number, random: number): number {
  return Math.round(random * Math.min(2 ** (retry - 1), 20) * 1000);
}

/** Tokens that a retry costs: twice as many after a timeout. */
export function retryCost(kind: "transient" | "timeout"): number {
  return kind === "timeout" ? 10 : 5;
}

/** Sends the request until `read` is done with a response; throws the Failure of the last attempt. */
export function sendWithRetries<T>(http: HttpClient, call: RetriedCall<T>): Promise<T> {
  return withRetries(http, async (): Promise<Attempt<T>> => {
    const usedOffset = http.clockOffset;
    const outcome = await sendRequest(http, await call.request());
    if (outcome.kind === "response") return call.read(outcome.response, usedOffset);
    const { failure, retryable, timedOut } = outcome;
    if (!retryable || call.mayRepeat?.(outcome) === false) return { failure, retry: "final" };
    return { failure, retry: timedOut ? "timeout" : "transient" };
  });
}

/** Runs `attempt` until it is done, final, out of attempts or out of tokens; throws its last Failure. */
export async function withRetries<T>(http: HttpClient, attempt: () => Promise<Attempt<T>>): Promise<T> {
  let paid = 0;
  let skewCorrected = false;
  for (let number = 1; ; ) {
    const result = await attempt();
    if ("done" in result) {
      http.retryTokens = Math.min(retryBucket, http.retryTokens + (paid === 0 ? 1 : paid));
      return result.done;
    }
    if (result.retry === "skew" && !skewCorrected) {
      skewCorrected = true;
      continue;
    }
    if (result.retry === "final" || result.retry === "skew") throw result.failure;
    if (number >= http.maxAttempts) throw advisedOnThrottling(result.failure, http.maxAttempts);
    const cost = retryCost(result.retry);
    if (http.retryTokens < cost) throw result.failure;
    http.retryTokens -= cost;
    paid = cost;
    const delay = retryDelay(number, http.system.random());
    http.trace(`attempt ${number} of ${http.maxAttempts} failed, the next in ${delay} ms`);
    await http.system.sleep(delay);
    number++;
  }
}
