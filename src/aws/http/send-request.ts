/** One attempt at one HTTP request: bounded in time and size, never redirected, every failure in plain words. */
import type { Failure } from "../../lib/errors.ts";
import type { FetchRequest } from "../../system/types.ts";
import { boundedText } from "./bounded-text.ts";
import { watchConnection } from "./connection-timeout.ts";
import type { HttpClient } from "./http-client.ts";
import { proxyFor } from "./proxy.ts";

export interface HttpRequest {
  /** What the service or the operation is called in messages and in `--verbose` lines. */
  readonly action: string;
  readonly method: FetchRequest["method"];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export type HttpOutcome =
  | { readonly kind: "answer"; readonly answer: HttpResponse }
  | {
      readonly kind: "failure";
      readonly failure: Failure;
      /** A silence, not a refusal: the retry bucket charges more for it. */
      readonly timedOut: boolean;
      readonly retryable: boolean;
      /** An answer had begun: whoever was asked has acted on the request. */
      readonly answered: boolean;
    };

/** Sends the request once and reads the whole answer as UTF-8 text. Never rejects for the network's sake. */
export async function sendRequest(http: HttpClient, request: HttpRequest): Promise<HttpOutcome> {
  const url = new URL(request.url);
  const proxy = proxyFor(url, http.proxies);
  const started = http.system.now();
  const ca = url.protocol === "https:" ? http.ca : undefined;
  const watch = watchConnection(http.system, proxy === undefined ? url : new URL(proxy.url));
  let answered = false;
  let outcome: HttpOutcome;
  try {
    const response = await http.system.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(proxy === undefined ? {} : { proxy: proxy.url }),
      ...(ca === undefined ? {} : { ca: ca.pem }),
      signal: watch.signal,
    });
    answered = true;
    watch.connected();
    const body = await boundedText(response);
    const { status, headers } = response;
    const isStrange =
      body === undefined ||
      status === 407 ||
      (status >= 300 && status < 400) ||
      (status === 200 && (headers.get("content-encoding") ?? "identity") !== "identity");
    outcome = isStrange
      ? refused((await import("./unexpected-response.ts")).unexpectedResponse(response, url, proxy))
      : { kind: "answer", answer: { status, headers, body } };
  } catch (error) {
    const { networkFailure } = await import("./network-failure.ts");
    const network = networkFailure(error, {
      url,
      proxy,
      caSource: ca?.source,
      stopped: watch.stopped(),
    });
    outcome = { kind: "failure", timedOut: watch.stopped() !== undefined, answered, ...network };
  } finally {
    watch.end();
  }
  const result = outcome.kind === "answer" ? String(outcome.answer.status) : outcome.failure.message;
  http.trace(`${request.method} ${url.host} ${request.action}: ${result}, ${http.system.now() - started} ms`);
  return outcome;
}

/** For an answer that is none, and that would be no better the next time. */
function refused(failure: Failure): HttpOutcome {
  return { kind: "failure", failure, timedOut: false, retryable: false, answered: true };
}
