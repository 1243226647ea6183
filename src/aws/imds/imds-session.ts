/**
 * Requests to EC2 instance metadata, version 2 only: a session token is asked for first and sent with every request,
 * and nothing makes the client fall back to requests without one.
 */
import { Failure } from "../../lib/errors.ts";
import { boundedText } from "../http/bounded-text.ts";
import type { HttpClient } from "../http/http-client.ts";
import { networkFailure } from "../http/network-failure.ts";
import { retryDelay } from "../http/retry.ts";

export interface MetadataReach {
  /** http or https, without a trailing slash. */
  readonly baseUrl: string;
  /** How long one request may take. */
  readonly timeoutMilliseconds: number;
  /**
   * Attempts when nothing answers, one when undefined; an answered 5xx or 401 is asked again up to three times all
   * the same.
   */
  readonly attempts: number | undefined;
}

export interface MetadataResponse {
  readonly status: number;
  readonly body: string;
}

export interface MetadataSession {
  /**
   * What is at the path, whatever its status; `absent` says why there is no service to ask. Throws a Failure when the
   * service gives no token, or falls silent after it gave one.
   */
  get(path: string): Promise<MetadataResponse | { readonly absent: string }>;
  /** What no message may repeat: the tokens that the service gave. */
  secrets(): readonly string[];
}

const tokenSeconds = "21600";
const answeredRetries = 3;

/** Speaks to the metadata service directly: never through a proxy, never following a redirect. */
export function metadataSession(http: HttpClient, settings: MetadataReach): MetadataSession {
  let token: string | undefined;
  const optional: string[] = [];
  const url = new URL(settings.baseUrl);
  const ca = url.protocol === "https:" ? http.ca : undefined;

  async function send(
    method: "GET" | "PUT",
    path: string,
    headers: Record<string, string>,
  ): Promise<MetadataResponse | undefined> {
    for (let left = (settings.attempts ?? 1) - 1; ; left--) {
      const started = http.system.now();
      const told = (result: string) =>
        http.trace(`${method} ${url.host} ${path}: ${result}, ${http.system.now() - started} ms`);
      const signal = http.system.deadline(settings.timeoutMilliseconds);
      try {
        const response = await http.system.fetch(`${settings.baseUrl}${path}`, {
          method,
          headers,
          ...(ca === undefined ? {} : { ca: ca.pem }),
          signal,
        });
        const body = (await boundedText(response)) ?? "";
        told(String(response.status));
        return { status: response.status, body };
      } catch (error) {
        // Whatever the reason, nothing answered: that is what "no metadata service" looks like.
        told(
          signal.aborted
            ? "no answer"
            : networkFailure(error, { url, proxy: undefined, caSource: ca?.source, stopped: undefined })
                .failure.message,
        );
        if (left <= 0) return undefined;
      }
    }
  }

  /** A service that is unwell is given time, `retry` being 0 the first time. */
  async function pause(retry: number): Promise<void> {
    const delay = retryDelay(retry + 1, http.system.random());
    http.trace(`instance metadata is unwell, the next attempt in ${delay} ms`);
    await http.system.sleep(delay);
  }

  async function freshToken(): Promise<string | { readonly absent: string }> {
    const path = "/latest/api/token";
    for (let retry = 0; ; retry++) {
      const answer = await send("PUT", path, { "x-aws-ec2-metadata-token-ttl-seconds": tokenSeconds });
      if (answer === undefined) return { absent: `nothing answers at ${settings.baseUrl}` };
      if (answer.status === 200 && isToken(answer.body)) return answer.body;
      if (answer.status >= 500 && retry < answeredRetries) {
        await pause(retry);
        continue;
      }
      const why = answer.status === 200 ? "something that is no token" : `status ${answer.status}`;
      throw metadataFailure(`the token request was answered with ${why}`, answer.status);
    }
  }

  async function get(path: string): Promise<MetadataResponse | { readonly absent: string }> {
    for (let retry = 0; ; retry++) {
      if (token === undefined) {
        const fresh = await freshToken();
        if (typeof fresh !== "string") return fresh;
        token = fresh;
        optional.push(fresh);
      }
      const answer = await send("GET", path, { "x-aws-ec2-metadata-token": token });
      if (answer === undefined) throw metadataFailure(`${path} was not answered`, undefined);
      if (answer.status === 401) token = undefined;
      if ((answer.status < 500 && answer.status !== 401) || retry >= answeredRetries) return answer;
      // A token that is no longer good is replaced at once.
      if (answer.status !== 401) await pause(retry);
    }
  }

  return { get, secrets: () => optional };
}

/** A token goes into a header as it is. */
function isToken(body: string): boolean {
  return /^[\x21-\x7e]+$/.test(body);
}

/** For a service that answered, but not as it should. */
export function metadataFailure(why: string, status: number | undefined): Failure {
  const hint =
    status === 403
      ? "instance metadata is switched off for this instance, or a proxy stands in the way"
      : "look at the instance's metadata options, or set AWS_EC2_METADATA_DISABLED=true to pass this source over";
  return new Failure("failed", `cannot read instance metadata: ${why}`, { hints: [hint] });
}
