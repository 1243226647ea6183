/** One attempt at one HTTP request: bounded in time and size, never redirected, every failure in plain words. */
import { optional } from "../../lib/optional.ts";
import { boundedText } from "./bounded-text.ts";
import { watchConnection } from "./connection-timeout.ts";
import type { HttpClient } from "./http-client.ts";
import type { HttpOutcome, HttpRequest } from "./http-message.ts";
import { type HttpProxy, proxyFor } from "./proxy.ts";

/** Sends the request once and reads the whole response as UTF-8 text. Never rejects for the network's sake. */
export async function sendRequest(http: HttpClient, request: HttpRequest): Promise<HttpOutcome> {
  const url = new URL(request.url);
  const { early } = http;
  if (early !== undefined) await early.ready(url.origin);
  const proxy = proxyFor(url, http.proxies);
  const started = http.system.now();
  const ca = url.protocol === "https:" ? http.ca : undefined;
  const watch = watchConnection(http.system, proxy === undefined ? url : new URL(proxy.url));
  let responseBegan = false;
  let outcome: HttpOutcome;
  try {
    const responding = http.system.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...optional("body", request.body),
      ...optional("proxy", proxy?.url),
      ...optional("ca", ca?.pem),
      ...optional("connection", request.connection),
      signal: watch.signal,
    });
    if (request.leadsTo === undefined) early?.openBeside(url.origin);
    const response = await responding;
    responseBegan = true;
    watch.connected();
    outcome = await readResponse(response, url, proxy, request.redirects);
  } catch (error) {
    const { networkFailure } = await import("./network-failure.ts");
    const stopped = watch.stopped();
    const network = networkFailure(error, { url, proxy, caSource: ca?.source, stopped });
    outcome = { kind: "failure", timedOut: stopped !== undefined, responseBegan, ...network };
  } finally {
    watch.end();
  }
  const result = outcome.kind === "response" ? String(outcome.response.status) : outcome.failure.message;
  http.trace(`${request.method} ${url.host} ${request.action}: ${result}, ${http.system.now() - started} ms`);
  return outcome;
}

/** The response as text, or the Failure for one that AWS does not give, which another attempt would not mend. */
async function readResponse(
  response: Response,
  url: URL,
  proxy: HttpProxy | undefined,
  redirects: HttpRequest["redirects"],
): Promise<HttpOutcome> {
  const body = await boundedText(response);
  const { status, headers } = response;
  const isUsable =
    body !== undefined &&
    status !== 407 &&
    (redirects === "reported" || !(status >= 300 && status < 400)) &&
    (status !== 200 || (headers.get("content-encoding") ?? "identity") === "identity");
  if (isUsable) return { kind: "response", response: { status, headers, body } };
  const { unusableResponse } = await import("./unusable-response.ts");
  const failure = unusableResponse(response, url, proxy);
  return { kind: "failure", failure, timedOut: false, retryable: false, responseBegan: true };
}
