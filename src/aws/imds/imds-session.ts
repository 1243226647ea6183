/**
 * Requests to EC2 instance metadata, version 2 only: a session token is requested first and sent with every request,
 * and the client never falls back to requests without one.
 */
import { errorCode, Failure } from "../../lib/errors.ts";
import { fitsHeader } from "../../lib/fits-header.ts";
import { optional } from "../../lib/optional.ts";
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
   * Attempts at a request that gets no response; one when undefined. A 5xx, a 401 and a response that breaks off are
   * retried up to three times all the same.
   */
  readonly attempts: number | undefined;
}

export interface MetadataResponse {
  readonly status: number;
  readonly body: string;
}

/** Why there is no service to ask; `timedOut` when the token request got no response in time. */
export interface MetadataAbsent {
  readonly absent: string;
  readonly timedOut: boolean;
}

export interface MetadataSession {
  /**
   * What is at the path, whatever its status, or that there is no service. Throws a Failure when the service gives no
   * token, or no response after it gave one.
   */
  get(path: string): Promise<MetadataResponse | MetadataAbsent>;
  /** Waits before a repetition, `retry` being 0 the first time. */
  pause(retry: number): Promise<void>;
  /** The tokens that the service gave, which no message may repeat. */
  secrets(): readonly string[];
}

/**
 * An attempt without a whole response: none within the timeout, a connection that broke while the service spoke, or no
 * connection.
 */
type NoResponse = "timeout" | "broken" | "unreachable";

const tokenSeconds = "21600";
const tokenPath = "/latest/api/token";
const mostRetries = 3;
/** How often the runtime names a connection that the other side closed. */
const brokenCodes: readonly string[] = ["ECONNRESET", "ConnectionClosed", "EPIPE"];

/** Speaks to the metadata service directly: never through a proxy, never following a redirect. */
export function metadataSession(http: HttpClient, settings: MetadataReach): MetadataSession {
  let token: string | undefined;
  const tokens: string[] = [];
  const send = metadataSender(http, settings);

  async function pause(retry: number): Promise<void> {
    const delay = retryDelay(retry + 1, http.system.random());
    http.trace(`instance metadata is unwell, the next attempt in ${delay} ms`);
    await http.system.sleep(delay);
  }

  async function newToken(): Promise<string | MetadataAbsent> {
    let hasBroken = false;
    for (let retry = 0; ; retry++) {
      const response = await send("PUT", tokenPath, { "x-aws-ec2-metadata-token-ttl-seconds": tokenSeconds });
      if (typeof response === "string") {
        // Where there is no instance metadata, another program or a firewall may close the connection: once is enough.
        if (response !== "broken" || hasBroken) {
          return { absent: `no service responds at ${settings.baseUrl}`, timedOut: response === "timeout" };
        }
        hasBroken = true;
      } else {
        if (response.status === 200 && fitsHeader(response.body)) return response.body;
        if (response.status < 500 || retry >= mostRetries) throw tokenFailure(response);
      }
      await pause(retry);
    }
  }

  async function get(path: string): Promise<MetadataResponse | MetadataAbsent> {
    let timeouts = 0;
    for (let retry = 0; ; retry++) {
      if (token === undefined) {
        const fresh = await newToken();
        if (typeof fresh !== "string") return fresh;
        token = fresh;
        tokens.push(fresh);
      }
      const response = await send("GET", path, { "x-aws-ec2-metadata-token": token });
      if (typeof response === "string") {
        // The service gave a token, so it is there. A timeout has cost a while already: one more is enough.
        if (response === "timeout") timeouts++;
        if (timeouts > 1 || retry >= mostRetries) {
          throw metadataFailure(`${path} got no response`, undefined);
        }
        if (response !== "timeout") await pause(retry);
        continue;
      }
      if (response.status === 401) token = undefined;
      if ((response.status < 500 && response.status !== 401) || retry >= mostRetries) return response;
      // An expired token is replaced at once.
      if (response.status !== 401) await pause(retry);
    }
  }

  return { get, pause, secrets: () => tokens };
}

type Send = (
  method: "GET" | "PUT",
  path: string,
  headers: Readonly<Record<string, string>>,
) => Promise<MetadataResponse | NoResponse>;

/** Sends a request as often as the settings say for one that gets no response. */
function metadataSender(http: HttpClient, settings: MetadataReach): Send {
  const url = new URL(settings.baseUrl);
  const ca = url.protocol === "https:" ? http.ca : undefined;

  const attempt: Send = async (method, path, headers) => {
    const started = http.system.now();
    const trace = (result: string) =>
      http.trace(`${method} ${url.host} ${path}: ${result}, ${http.system.now() - started} ms`);
    const signal = http.system.deadline(settings.timeoutMilliseconds);
    let responseBegan = false;
    try {
      const response = await http.system.fetch(`${settings.baseUrl}${path}`, {
        method,
        headers,
        ...optional("ca", ca?.pem),
        signal,
      });
      responseBegan = true;
      const body = (await boundedText(response)) ?? "";
      trace(String(response.status));
      return { status: response.status, body };
    } catch (error) {
      if (signal.aborted) {
        trace("no response");
        return "timeout";
      }
      const context = { url, proxy: undefined, caSource: ca?.source, stopped: undefined };
      trace(networkFailure(error, context).failure.message);
      return responseBegan || brokenCodes.includes(errorCode(error)) ? "broken" : "unreachable";
    }
  };

  return async (method, path, headers) => {
    for (let left = (settings.attempts ?? 1) - 1; ; left--) {
      const response = await attempt(method, path, headers);
      if (typeof response !== "string" || left <= 0) return response;
    }
  };
}

function tokenFailure({ status }: MetadataResponse): Failure {
  const what = status === 200 ? "something that is not a token" : `status ${status}`;
  return metadataFailure(`the token request returned ${what}`, status);
}

/** The Failure for a service that is there and does not respond as it should. */
export function metadataFailure(why: string, status: number | undefined): Failure {
  const hint =
    status === 403
      ? "instance metadata is switched off for this instance, or a proxy stands in the way"
      : "look at the instance's metadata options, or set AWS_EC2_METADATA_DISABLED=true to skip this source";
  return new Failure("failed", `cannot read instance metadata: ${why}`, { hints: [hint] });
}
