/** One attempt at one HTTP request: bounded in time and size, never redirected, every failure in plain words. */
import { Failure } from "../errors.ts";
import type { FetchRequest } from "../system.ts";
import { boundedText } from "./bounded-text.ts";
import { networkFailure } from "./network-failure.ts";
import { type HttpProxy, proxyFor } from "./proxy.ts";
import type { Wire } from "./wire.ts";

/** An attempt without a connection ends after this many milliseconds. */
const connectMilliseconds = 5_000;
/** An attempt without a whole answer ends after this many milliseconds. */
const answerMilliseconds = 30_000;
/** Before this many milliseconds nobody asks whether there is a connection at all. */
const patienceMilliseconds = 2_500;

export interface HttpRequest {
  /** What the service or the operation is called in messages and in `--verbose` lines. */
  readonly action: string;
  readonly method: FetchRequest["method"];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** `timedOut` tells a silence from a refusal: the retry bucket charges more for it. */
export type Exchange =
  | { readonly kind: "answer"; readonly answer: HttpAnswer }
  | {
      readonly kind: "failure";
      readonly failure: Failure;
      readonly timedOut: boolean;
      readonly retryable: boolean;
    };

/** Sends the request once and reads the whole answer as UTF-8 text. Never rejects for the network's sake. */
export async function exchange(wire: Wire, request: HttpRequest): Promise<Exchange> {
  const url = new URL(request.url);
  const proxy = proxyFor(url, wire.proxies);
  const started = wire.system.now();
  const watch = watchConnection(wire, proxy === undefined ? url : new URL(proxy.url));
  let outcome: Exchange;
  try {
    const response = await wire.system.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(proxy === undefined ? {} : { proxy: proxy.url }),
      ...(wire.ca === undefined || url.protocol !== "https:" ? {} : { ca: wire.ca.pem }),
      signal: watch.signal,
    });
    const body = await boundedText(response);
    outcome =
      body === undefined
        ? failed(new Failure("failed", `${url.host} sent more than any answer of AWS holds`), false, false)
        : (unusable(response, url, proxy) ?? {
            kind: "answer",
            answer: { status: response.status, headers: response.headers, body },
          });
  } catch (error) {
    const network = networkFailure(error, {
      url,
      proxy,
      caSource: wire.ca?.source,
      stopped: watch.stopped(),
    });
    outcome = failed(network.failure, watch.stopped() !== undefined, network.retryable);
  } finally {
    watch.end();
  }
  const result = outcome.kind === "answer" ? String(outcome.answer.status) : outcome.failure.message;
  wire.trace(`${request.method} ${url.host} ${request.action}: ${result}, ${wire.system.now() - started} ms`);
  return outcome;
}

function failed(failure: Failure, timedOut: boolean, retryable: boolean): Exchange {
  return { kind: "failure", failure, timedOut, retryable };
}

/** Answers that no AWS service gives and that must not be read as if one had. */
function unusable(response: Response, url: URL, proxy: HttpProxy | undefined): Exchange | undefined {
  if (response.status >= 300 && response.status < 400) {
    const failure = new Failure(
      "failed",
      `${url.host} answered with a redirect (${response.status}), which is not followed`,
      {
        hints: [
          "something between here and AWS redirects requests: a captive portal, a proxy, or a wrong endpoint URL",
        ],
      },
    );
    return failed(failure, false, false);
  }
  if (response.status === 407) {
    const by = proxy === undefined ? url.host : `the proxy ${proxy.shown} (${proxy.variable})`;
    const failure = new Failure("failed", `${by} wants a user name and a password (407)`, {
      hints: [`put them into the URL: ${proxy?.variable ?? "HTTPS_PROXY"}=http://USER:PASSWORD@HOST:PORT`],
    });
    return failed(failure, false, false);
  }
  return undefined;
}

interface Watch {
  readonly signal: AbortSignal;
  stopped(): "connecting" | "answering" | undefined;
  end(): void;
}

/**
 * `fetch` does not say whether it has a connection yet. An attempt that is quiet for a while is therefore
 * checked from beside: if a connection of our own to the same address does not stand either by the time
 * the limit is reached, the attempt ends; otherwise it has until the limit for answers.
 */
function watchConnection(wire: Wire, address: URL): Watch {
  const controller = new AbortController();
  let stopped: "connecting" | "answering" | undefined;
  let ended = false;
  const stop = (why: "connecting" | "answering") => {
    if (ended || stopped !== undefined) return;
    stopped = why;
    controller.abort();
  };
  wire.system.deadline(answerMilliseconds).addEventListener("abort", () => stop("answering"));
  wire.system.deadline(patienceMilliseconds).addEventListener("abort", () => {
    if (ended) return;
    let connected = false;
    const port = Number(address.port) || (address.protocol === "https:" ? 443 : 80);
    wire.system.connect(address.hostname.replace(/^\[|\]$/g, ""), port).then(
      () => {
        connected = true;
      },
      // A refusal reaches `fetch` as well, which tells it better.
      () => {},
    );
    wire.system.deadline(connectMilliseconds - patienceMilliseconds).addEventListener("abort", () => {
      if (!connected) stop("connecting");
    });
  });
  return {
    signal: controller.signal,
    stopped: () => stopped,
    end: () => {
      ended = true;
    },
  };
}
