/**
 * The SDKs' standard retry mode, as botocore and AWS CLI v2 have it: a delay of random(0, 1) times
 * min(2^(n-1), 20) seconds before retry n, and a bucket of 500 tokens that ends retrying when a whole run fails.
 */
import type { Failure } from "../../lib/errors.ts";
import type { HttpClient } from "./http-client.ts";
import type { HttpOutcome } from "./send-request.ts";
import { advisedOnThrottling, throttlingCodes } from "./throttling.ts";

export const retryBucket = 500;

/**
 * How an attempt ended. `timeout` is a transient failure that cost a silence; `skew` asks for one repetition
 * with the clock the server taught; `final` is not tried again.
 */
export type Attempt<T> =
  | { readonly done: T }
  | { readonly failure: Failure; readonly retry: "transient" | "timeout" | "skew" | "final" };

/** Milliseconds to wait before retry number `retry` (1 for the first); `random` is in [0, 1). */
export function retryDelay(retry: number, random: number): number {
  return Math.round(random * Math.min(2 ** (retry - 1), 20) * 1000);
}

/** Tokens a retry costs: twice as much after a silence. */
export function retryCost(kind: "transient" | "timeout"): number {
  return kind === "timeout" ? 10 : 5;
}

const transientCodes: ReadonlySet<string> = new Set(["RequestTimeout", "RequestTimeoutException"]);

/** Whether an answer with this HTTP status and AWS error code is worth another attempt. */
export function isRetryableResponse(status: number, code: string | undefined): boolean {
  if (status === 429 || status === 500 || status === 502 || status === 503 || status === 504) return true;
  return code !== undefined && (throttlingCodes.has(code) || transientCodes.has(code));
}

/** How an attempt without a usable answer ended; `again` is false where the request must not be made twice. */
export function unanswered(
  { failure, retryable, timedOut }: Extract<HttpOutcome, { kind: "failure" }>,
  again = true,
): Attempt<never> {
  if (!(retryable && again)) return { failure, retry: "final" };
  return { failure, retry: timedOut ? "timeout" : "transient" };
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
