/** What the runtime reports when a request got no response, as a Failure that tells a person what to do. */
import { errorCode, Failure } from "../../lib/errors.ts";
import type { HttpProxy } from "./proxy.ts";
import { proxyLoginFailure, proxyLoginHint } from "./proxy-login.ts";
import { isRetryableResponse } from "./retryable-response.ts";

export interface NetworkContext {
  readonly url: URL;
  readonly proxy: HttpProxy | undefined;
  /** The setting that named the certificates in use, if one did. */
  readonly caSource: string | undefined;
  /** What the program waited for when it ended the attempt by a timeout; undefined when it did not. */
  readonly stopped: "connecting" | "responding" | undefined;
}

/** Why there is no response, without the host in front. */
interface Reason {
  readonly why: string;
  readonly retryable: boolean;
  readonly hint: string;
}

/**
 * `retryable` follows the SDKs' standard mode: DNS failures, refusals, resets, truncated bodies and timeouts
 * are worth another attempt; a certificate that is not trusted is not.
 */
export function networkFailure(
  error: unknown,
  context: NetworkContext,
): { failure: Failure; retryable: boolean } {
  const { url, proxy } = context;
  if (isTunnelError(error) && tunnelStatus(error) === 407) {
    return { failure: proxyLoginFailure(url, proxy, tunnelHeaders(error)), retryable: false };
  }
  const { why, retryable, hint } = reasonFor(error, context);
  const via = proxy === undefined ? "" : ` through the proxy ${proxy.shown} (${proxy.variable})`;
  const failure = new Failure("failed", `${url.host}${via}: ${why}`, { cause: error, hints: [hint] });
  return { failure, retryable };
}

function reasonFor(error: unknown, context: NetworkContext): Reason {
  const { proxy, stopped } = context;
  if (stopped === "connecting") {
    return { why: "no connection within 5 seconds", retryable: true, hint: reachHint(proxy) };
  }
  if (stopped === "responding") {
    return { why: "no response within 30 seconds", retryable: true, hint: reachHint(proxy) };
  }
  const code = errorCode(error) || (error instanceof Error ? error.name : "unknown");
  return (
    certificateReason(code, context.caSource) ??
    (isTunnelError(error) ? tunnelReason(tunnelStatus(error), proxy) : reasonByCode(code, proxy))
  );
}

function certificateReason(code: string, caSource: string | undefined): Reason | undefined {
  const ownCertificates = caSource && `the certificates in use come from ${caSource}`;
  if (/CERT|ISSUER|SELF_SIGNED|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH|CRL/.test(code)) {
    const hint =
      ownCertificates ?? "if a proxy re-signs TLS here, name its certificate file in AWS_CA_BUNDLE";
    return { why: `the TLS certificate is not trusted (${code})`, retryable: false, hint };
  }
  // The runtime's code for certificates that it cannot read, before it connects.
  if (code !== "FailedToOpenSocket" || ownCertificates === undefined) return undefined;
  const why = "no connection, perhaps for want of a readable certificate";
  return { why, retryable: false, hint: ownCertificates };
}

function tunnelReason(status: number, proxy: HttpProxy | undefined): Reason {
  return {
    why: `the proxy opened no connection to it (status ${status})`,
    retryable: isRetryableResponse(status, undefined),
    hint:
      status === 0
        ? reachHint(proxy)
        : `check the region, and what the proxy of ${proxy?.variable ?? "HTTPS_PROXY"} may reach, or list the host in NO_PROXY`,
  };
}

function reasonByCode(code: string, proxy: HttpProxy | undefined): Reason {
  const hint = reachHint(proxy);
  switch (code) {
    case "FailedToOpenSocket":
      return { why: "no connection could be opened", retryable: true, hint };
    case "EPROTO":
      return {
        why: "the TLS handshake failed",
        retryable: true,
        hint: "check that the port speaks TLS: an endpoint URL may need http:// in place of https://",
      };
    case "ECONNREFUSED":
    case "ConnectionRefused":
      return { why: "the connection was refused", retryable: true, hint };
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "DNSException":
      return {
        why: "the host name cannot be resolved",
        retryable: true,
        hint: "check the region, the network and the proxy settings",
      };
    case "ECONNRESET":
    case "ConnectionClosed":
    case "EPIPE":
      return { why: "the connection was closed before the whole response arrived", retryable: true, hint };
    case "Malformed_HTTP_Response":
      return malformedReason(proxy);
    default:
      return { why: `no response (${code})`, retryable: true, hint };
  }
}

/**
 * The runtime drops a response with a control character in its status line or in a header, and does not tell its
 * status. It may be a proxy's 407, and repeating a wrong password can lock an account.
 */
function malformedReason(proxy: HttpProxy | undefined): Reason {
  const hint =
    proxy === undefined
      ? "check the endpoint URL and the network; behind a proxy, set HTTPS_PROXY"
      : `if the proxy wants a user name and a password, ${proxyLoginHint(proxy)}`;
  return { why: "the response is not valid HTTP", retryable: proxy?.hasLogin !== true, hint };
}

function reachHint(proxy: HttpProxy | undefined): string {
  return proxy === undefined
    ? "check the network; behind a proxy, set HTTPS_PROXY"
    : `check that the proxy of ${proxy.variable} is up, or list the host in NO_PROXY`;
}

/** The error for a CONNECT that the proxy responded with another status than 200. */
function isTunnelError(error: unknown): error is object {
  return errorCode(error) === "ERR_PROXY_TUNNEL";
}

/** The proxy's status for CONNECT; 0 when the error does not say. */
function tunnelStatus(error: object): number {
  return "status" in error && typeof error.status === "number" ? error.status : 0;
}

function tunnelHeaders(error: object): Headers {
  return "headers" in error && error.headers instanceof Headers ? error.headers : new Headers();
}
