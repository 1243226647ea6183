import { describe, expect, test } from "bun:test";
import { type NetworkContext, networkFailure } from "../../../src/aws/http/network-failure.ts";

const direct: NetworkContext = {
  url: new URL("https://sts.us-east-1.amazonaws.com/?Session=made-up-secret"),
  proxy: undefined,
  caSource: undefined,
  stopped: undefined,
};
const proxy = {
  url: "http://ana:made-up-password@proxy.example:3128",
  shown: "http://proxy.example:3128",
  variable: "HTTPS_PROXY",
  hasLogin: true,
};
const host = "sts.us-east-1.amazonaws.com";
const network = "check the network; behind a proxy, set HTTPS_PROXY";

/** As `fetch` rejects: with a code, and a message that holds the whole URL. */
function fault(code: string, more: object = {}): Error {
  return Object.assign(new TypeError(`${code}: fetching ${direct.url}`), { code, ...more });
}

describe("networkFailure()", () => {
  const cases: Record<
    string,
    [error: unknown, context: Partial<NetworkContext>, told: string, retryable: boolean]
  > = {
    "tells a refusal": [fault("ECONNREFUSED"), {}, `the connection was refused / ${network}`, true],
    "tells a refusal by its older name": [
      fault("ConnectionRefused"),
      {},
      `the connection was refused / ${network}`,
      true,
    ],
    "tells a host name that does not resolve": [
      fault("ENOTFOUND"),
      {},
      "the host name cannot be resolved / check the region, the network and the proxy settings",
      true,
    ],
    "tells a name server that does not answer": [
      fault("EAI_AGAIN"),
      {},
      "the host name cannot be resolved / check the region, the network and the proxy settings",
      true,
    ],
    "tells a response that broke off": [
      fault("ECONNRESET"),
      {},
      `the connection was closed before the whole response arrived / ${network}`,
      true,
    ],
    "tells a handshake that failed": [
      fault("EPROTO"),
      {},
      "the TLS handshake failed / check that the port speaks TLS: an endpoint URL may need http:// in place of https://",
      true,
    ],
    "tells a self-signed certificate": [
      fault("DEPTH_ZERO_SELF_SIGNED_CERT"),
      {},
      "the TLS certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT) / if a proxy re-signs TLS here, name its certificate file in AWS_CA_BUNDLE",
      false,
    ],
    "tells a certificate for another host": [
      fault("ERR_TLS_CERT_ALTNAME_INVALID"),
      { caSource: "AWS_CA_BUNDLE" },
      "the TLS certificate is not trusted (ERR_TLS_CERT_ALTNAME_INVALID) / the certificates in use come from AWS_CA_BUNDLE",
      false,
    ],
    "tells certificates that cannot be read": [
      fault("FailedToOpenSocket"),
      { caSource: "AWS_CA_BUNDLE" },
      "no connection, perhaps for want of a readable certificate / the certificates in use come from AWS_CA_BUNDLE",
      false,
    ],
    "tells a socket that could not be opened": [
      fault("FailedToOpenSocket"),
      {},
      `no connection could be opened / ${network}`,
      true,
    ],
    "tells a response that is not HTTP": [
      fault("Malformed_HTTP_Response"),
      {},
      "the response is not valid HTTP / check the endpoint URL and the network; behind a proxy, set HTTPS_PROXY",
      true,
    ],
    "tells any other code": [fault("ENETUNREACH"), {}, `no response (ENETUNREACH) / ${network}`, true],
    "tells the name of an error without a code": [
      new RangeError("secret"),
      {},
      `no response (RangeError) / ${network}`,
      true,
    ],
    "does not take a number for a code": [
      Object.assign(new RangeError("secret"), { code: 5 }),
      {},
      `no response (RangeError) / ${network}`,
      true,
    ],
    "tells a thrown null": [null, {}, `no response (unknown) / ${network}`, true],
    "tells a thrown text": ["secret", {}, `no response (unknown) / ${network}`, true],
    "says what the program was waiting for, whatever the error": [
      new DOMException("aborted", "AbortError"),
      { stopped: "connecting" },
      `no connection within 5 seconds / ${network}`,
      true,
    ],
    "says so while it waits for the response too": [
      fault("ECONNRESET"),
      { stopped: "responding" },
      `no response within 30 seconds / ${network}`,
      true,
    ],
  };
  test.each(Object.entries(cases))("networkFailure() %s", (_, [error, context, told, retryable]) => {
    const found = networkFailure(error, { ...direct, ...context });
    expect(`${found.failure.message} / ${found.failure.hints.join()}`).toBe(`${host}: ${told}`);
    expect(found.retryable).toBe(retryable);
    expect(found.failure.kind).toBe("failed");
    expect(found.failure.cause).toBe(error);
  });

  const up = "check that the proxy of HTTPS_PROXY is up, or list the host in NO_PROXY";
  const mayReach =
    "check the region, and what the proxy of HTTPS_PROXY may reach, or list the host in NO_PROXY";
  const byProxy = `${host} through the proxy http://proxy.example:3128 (HTTPS_PROXY)`;
  const proxied: Record<string, [error: Error, told: string, retryable: boolean]> = {
    "names the proxy without its password": [
      fault("ECONNREFUSED"),
      `${byProxy}: the connection was refused / ${up}`,
      true,
    ],
    "tells a proxy that cannot reach the host either": [
      fault("ERR_PROXY_TUNNEL", { status: 502 }),
      `${byProxy}: the proxy opened no connection to it (status 502) / ${mayReach}`,
      true,
    ],
    "tells a proxy that forbids the host": [
      fault("ERR_PROXY_TUNNEL", { status: 403 }),
      `${byProxy}: the proxy opened no connection to it (status 403) / ${mayReach}`,
      false,
    ],
    "tells a proxy that refuses the password": [
      fault("ERR_PROXY_TUNNEL", { status: 407, headers: new Headers({ "proxy-authenticate": "Basic" }) }),
      "the proxy http://proxy.example:3128 (HTTPS_PROXY) refused the user name and password of its URL (407) / " +
        "correct them in HTTPS_PROXY; in a URL, % is written as %25, @ as %40, : as %3A and / as %2F",
      false,
    ],
    "tells a proxy that offers only schemes other than Basic": [
      fault("ERR_PROXY_TUNNEL", { status: 407, headers: new Headers({ "proxy-authenticate": "NTLM" }) }),
      "the proxy http://proxy.example:3128 (HTTPS_PROXY) offers only NTLM to sign in with, and this program only Basic (407) / " +
        "run a local proxy that signs in to that one, such as Px or Cntlm, and name it in HTTPS_PROXY",
      false,
    ],
    "does not repeat a request whose response a control character hides, which may be a 407": [
      fault("Malformed_HTTP_Response"),
      `${byProxy}: the response is not valid HTTP / if the proxy wants a user name and a password, check those in the URL of HTTPS_PROXY`,
      false,
    ],
    "tells a tunnel that failed for no known reason": [
      fault("ERR_PROXY_TUNNEL"),
      `${byProxy}: the proxy opened no connection to it (status 0) / ${up}`,
      false,
    ],
  };
  test.each(Object.entries(proxied))("networkFailure() %s", (_, [error, told, retryable]) => {
    const found = networkFailure(error, { ...direct, proxy });
    expect(`${found.failure.message} / ${found.failure.hints.join()}`).toBe(told);
    expect(found.retryable).toBe(retryable);
  });
});
