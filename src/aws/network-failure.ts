/** What the runtime says when a request got no answer, in words that tell a person what to do. */
import { Failure } from "../errors.ts";
import type { HttpProxy } from "./proxy.ts";

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
  const code = errorCode(error);
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
  if (isCertificateCode(code)) {
    const hint =
      context.caSource === undefined
        ? "if a proxy re-signs TLS here, name its certificate file in AWS_CA_BUNDLE"
        : `the certificates in use come from ${context.caSource}`;
    return tell(`the TLS certificate is not trusted (${code})`, false, hint);
  }
  switch (code) {
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

function reachHint(proxy: HttpProxy | undefined): string {
  return proxy === undefined
    ? "check the network; behind a proxy, set HTTPS_PROXY"
    : `check that the proxy of ${proxy.variable} is up, or list the host in NO_PROXY`;
}

function errorCode(error: unknown): string {
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  return error instanceof Error ? error.name : "unknown";
}

function isCertificateCode(code: string): boolean {
  return /CERT|ISSUER|SELF_SIGNED|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH|CRL/.test(code);
}
