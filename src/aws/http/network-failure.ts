/** What the runtime says when a request got no answer, in words that tell a person what to do. */
import { errorCode, Failure } from "../../lib/errors.ts";
import type { HttpProxy } from "./proxy.ts";
import { isRetryableResponse } from "./retry.ts";

export interface NetworkContext {
  readonly url: URL;
  readonly proxy: HttpProxy | undefined;
  /** The setting that named the certificates in use, if one did. */
  readonly caSource: string | undefined;
  /** Set when the program itself ended the attempt, and what it was waiting for. */
  readonly stopped: "connecting" | "answering" | undefined;
}

/**
 * `retryable` follows the SDKs' standard mode: DNS failures, refusals, resets, truncated bodies and silences
 * are worth another attempt; a certificate that is not trusted is not.
 */
export function networkFailure(
  error: unknown,
  context: NetworkContext,
): { failure: Failure; retryable: boolean } {
  const code = errorCode(error) || (error instanceof Error ? error.name : "unknown");
  const { url, proxy } = context;
  const via = proxy === undefined ? "" : ` through the proxy ${proxy.shown} (${proxy.variable})`;
  const name = `${url.host}${via}`;
  const tell = (why: string, retryable: boolean, hint?: string) => ({
    failure: new Failure("failed", `${name}: ${why}`, {
      cause: error,
      hints: hint === undefined ? [] : [hint],
    }),
    retryable,
  });
  if (context.stopped === "connecting") {
    return tell("no connection within 5 seconds", true, reachHint(proxy));
  }
  if (context.stopped === "answering") return tell("no answer within 30 seconds", true, reachHint(proxy));
  const ownCertificates = context.caSource && `the certificates in use come from ${context.caSource}`;
  if (isCertificateCode(code)) {
    const hint =
      ownCertificates ?? "if a proxy re-signs TLS here, name its certificate file in AWS_CA_BUNDLE";
    return tell(`the TLS certificate is not trusted (${code})`, false, hint);
  }
  switch (code) {
    case "ERR_PROXY_TUNNEL": {
      const status = tunnelStatus(error);
      if (status === 407) return { failure: proxyLoginFailure(url, proxy), retryable: false };
      return tell(
        `the proxy opened no way to it (status ${status})`,
        isRetryableResponse(status, undefined),
        status === 0 ? reachHint(proxy) : tunnelHint(proxy),
      );
    }
    case "FailedToOpenSocket":
      // What the runtime says of certificates that it cannot read, before it connects.
      if (ownCertificates !== undefined)
        return tell("no connection, perhaps for want of a readable certificate", false, ownCertificates);
      return tell("no connection could be opened", true, reachHint(proxy));
    case "EPROTO":
      return tell(
        "the TLS handshake failed",
        true,
        "check that the port speaks TLS: an endpoint URL may need http:// in place of https://",
      );
    case "ECONNREFUSED":
    case "ConnectionRefused":
      return tell("the connection was refused", true, reachHint(proxy));
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "DNSException":
      return tell(
        "the host name cannot be resolved",
        true,
        "check the region, the network and the proxy settings",
      );
    case "ECONNRESET":
    case "ConnectionClosed":
    case "EPIPE":
      return tell("the connection was closed before the whole answer had come", true, reachHint(proxy));
    default:
      return tell(`no answer (${code})`, true, reachHint(proxy));
  }
}

/** For an answer 407, whether it came from a proxy that was named or from something on the way. */
export function proxyLoginFailure(url: URL, proxy: HttpProxy | undefined): Failure {
  const by = proxy === undefined ? url.host : `the proxy ${proxy.shown} (${proxy.variable})`;
  return new Failure("failed", `${by} wants a user name and a password (407)`, {
    hints: [`put them into the URL: ${proxy?.variable ?? "HTTPS_PROXY"}=http://USER:PASSWORD@HOST:PORT`],
  });
}

/** What a proxy answered to CONNECT; 0 when the error does not say. */
function tunnelStatus(error: unknown): number {
  if (typeof error !== "object" || error === null || !("status" in error)) return 0;
  return typeof error.status === "number" ? error.status : 0;
}

function reachHint(proxy: HttpProxy | undefined): string {
  return proxy === undefined
    ? "check the network; behind a proxy, set HTTPS_PROXY"
    : `check that the proxy of ${proxy.variable} is up, or list the host in NO_PROXY`;
}

/** The proxy is up: it answered. */
function tunnelHint(proxy: HttpProxy | undefined): string {
  return `check the region, and what the proxy of ${proxy?.variable ?? "HTTPS_PROXY"} may reach, or list the host in NO_PROXY`;
}

function isCertificateCode(code: string): boolean {
  return /CERT|ISSUER|SELF_SIGNED|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH|CRL/.test(code);
}
