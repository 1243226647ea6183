import { describe, expect, test } from "bun:test";
import {
  type NetworkContext,
  networkFailure,
  proxyLoginFailure,
} from "../../../src/aws/http/network-failure.ts";

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
    "tells a name that nobody knows": [
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
    "tells an answer that broke off": [
      fault("ECONNRESET"),
      {},
      `the connection was closed before the whole answer had come / ${network}`,
      true,
    ],
    "tells a handshake that failed": [
      fault("EPROTO"),
      {},
      "the TLS handshake failed / check that the port speaks TLS: an endpoint URL may need http:// in place of https://",
      true,
    ],
    "tells a certificate of nobody's": [
      fault("DEPTH_ZERO_SELF_SIGNED_CERT"),
      {},
      "the TLS certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT) / if a proxy re-signs TLS here, name its certificate file in AWS_CA_BUNDLE",
      false,
    ],
    "tells a certificate of another host's": [
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
    "tells a socket that could not be had": [
      fault("FailedToOpenSocket"),
      {},
      `no connection could be opened / ${network}`,
      true,
    ],
    "tells any other code": [fault("ENETUNREACH"), {}, `no answer (ENETUNREACH) / ${network}`, true],
    "tells the name of an error without a code": [
      new RangeError("secret"),
      {},
      `no answer (RangeError) / ${network}`,
      true,
    ],
    "does not take a number for a code": [
      Object.assign(new RangeError("secret"), { code: 5 }),
      {},
      `no answer (RangeError) / ${network}`,
      true,
    ],
    "tells even what is nothing": [null, {}, `no answer (unknown) / ${network}`, true],
    "tells even what is no error": ["secret", {}, `no answer (unknown) / ${network}`, true],
    "says what the program was waiting for, whatever the error": [
      new DOMException("aborted", "AbortError"),
      { stopped: "connecting" },
      `no connection within 5 seconds / ${network}`,
      true,
    ],
    "says so for an answer too": [
      fault("ECONNRESET"),
      { stopped: "answering" },
      `no answer within 30 seconds / ${network}`,
      true,
    ],
  };
  test.each(Object.entries(cases))("%s", (_, [error, context, told, retryable]) => {
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
      `${byProxy}: the proxy opened no way to it (status 502) / ${mayReach}`,
      true,
    ],
    "tells a proxy that forbids the host": [
      fault("ERR_PROXY_TUNNEL", { status: 403 }),
      `${byProxy}: the proxy opened no way to it (status 403) / ${mayReach}`,
      false,
    ],
    "tells a proxy that wants to know who asks": [
      fault("ERR_PROXY_TUNNEL", { status: 407 }),
      "the proxy http://proxy.example:3128 (HTTPS_PROXY) wants a user name and a password (407) / " +
        "put them into the URL: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT",
      false,
    ],
    "tells a tunnel that failed for no known reason": [
      fault("ERR_PROXY_TUNNEL"),
      `${byProxy}: the proxy opened no way to it (status 0) / ${up}`,
      false,
    ],
  };
  test.each(Object.entries(proxied))("%s", (_, [error, told, retryable]) => {
    const found = networkFailure(error, { ...direct, proxy });
    expect(`${found.failure.message} / ${found.failure.hints.join()}`).toBe(told);
    expect(found.retryable).toBe(retryable);
  });
});

test("proxyLoginFailure() names the variable to correct, or the host where no proxy was set", () => {
  const named = proxyLoginFailure(direct.url, { ...proxy, variable: "https_proxy" });
  expect(named.hints).toEqual(["put them into the URL: https_proxy=http://USER:PASSWORD@HOST:PORT"]);
  const failure = proxyLoginFailure(new URL("http://sts.example:8080/"), undefined);
  expect(failure.message).toBe("sts.example:8080 wants a user name and a password (407)");
});
