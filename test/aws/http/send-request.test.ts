import { describe, expect, test } from "bun:test";
import type { HttpClient } from "../../../src/aws/http/http-client.ts";
import type { HttpOutcome, HttpRequest } from "../../../src/aws/http/http-message.ts";
import { proxyRules } from "../../../src/aws/http/proxy.ts";
import { sendRequest } from "../../../src/aws/http/send-request.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { type FakeSetup, fakeSystem, noon, type Reply } from "../../support/fake-system.ts";

const host = "sts.us-east-1.amazonaws.com";
const post: HttpRequest = {
  action: "GetCallerIdentity",
  method: "POST",
  url: `https://${host}/`,
  headers: { "x-made-up": "1" },
  body: "Action=GetCallerIdentity",
};
const network = "check the network; behind a proxy, set HTTPS_PROXY";

interface Circumstances {
  readonly http?: Partial<HttpClient>;
  readonly system?: FakeSetup;
  readonly request?: HttpRequest;
}

/** Sends one request that meets the reply, or silence. */
async function sent(reply: Reply | "silence", circumstances: Circumstances = {}) {
  const { request = post } = circumstances;
  const system = fakeSystem(circumstances.system);
  const http = fakeHttpClient(system, circumstances.http);
  system.expect(request.method, request.url, reply === "silence" ? system.silence : reply);
  const outcome = await sendRequest(http, request);
  return { outcome, system, traced: http.traced, took: system.now() - noon };
}

/** "message / hint" and what the retries are told. */
function told(outcome: HttpOutcome): unknown {
  if (outcome.kind === "response") return outcome.response.body;
  const { failure, kind: _, ...rest } = outcome;
  return { says: `${failure.message} / ${failure.hints.join()}`, ...rest };
}

function fault(code: string): Error {
  return Object.assign(new TypeError(code), { code });
}

describe("sendRequest()", () => {
  test("sends the request unchanged, directly and with the default certificates", async () => {
    const { system } = await sent(new Response("fine"));
    const [{ signal, ...seen } = {}] = system.requests;
    expect(seen as unknown).toEqual({
      url: post.url,
      method: "POST",
      headers: { "x-made-up": "1" },
      body: "Action=GetCallerIdentity",
    });
    expect(signal?.aborted).toBe(false);
  });

  test("sends no body where there is none", async () => {
    const { body: _, ...get } = { ...post, method: "GET" as const };
    const { system } = await sent(new Response("fine"), { request: get });
    expect(Object.keys(system.requests[0] ?? {})).not.toContain("body");
  });

  test.each([200, 400, 403, 404, 429, 500, 503])("returns a response with status %d", async (status) => {
    const response = new Response("<body/>", { status, headers: { "x-a": "b" } });
    const { outcome } = await sent(response);
    expect(outcome).toMatchObject({ kind: "response", response: { status, body: "<body/>" } });
    expect(outcome.kind === "response" && outcome.response.headers.get("x-a")).toBe("b");
  });

  test("traces method, host, action, status and milliseconds, and nothing of the query", async () => {
    const request = {
      ...post,
      method: "GET" as const,
      url: `https://${host}:8443/federation?Session=made-up`,
    };
    const system = fakeSystem();
    const http = fakeHttpClient(system);
    system.expect("GET", request.url, async () => {
      await system.advance(42);
      return new Response("fine");
    });
    await sendRequest(http, request);
    expect(http.traced).toEqual([`GET ${host}:8443 GetCallerIdentity: 200, 42 ms`]);
  });

  const refusals: Record<string, [reply: Response, says: string]> = {
    "does not follow a redirect": [
      new Response(null, { status: 302, headers: { location: "https://evil.example/" } }),
      `${host} responded with a redirect (302), which is not followed / ` +
        "something between here and AWS redirects requests: a captive portal, a proxy, or a wrong endpoint URL",
    ],
    "does not take 300 for a response": [
      new Response(null, { status: 300 }),
      `${host} responded with a redirect (300), which is not followed / ` +
        "something between here and AWS redirects requests: a captive portal, a proxy, or a wrong endpoint URL",
    ],
    "names something on the way that wants a password": [
      new Response("who are you", { status: 407 }),
      `${host} wants a user name and a password (407) / ` +
        "put them into the URL: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT",
    ],
    "does not read a compressed response, which the request did not accept": [
      new Response("made up", { headers: { "content-encoding": "gzip" } }),
      `${host} sent a compressed response (gzip), which the request did not accept / ` +
        "something between here and AWS may have responded: a captive portal, a proxy, or a wrong endpoint URL",
    ],
    "does not show a coding that has not the form of one": [
      new Response("made up", { headers: { "content-encoding": "gzip, <b>" } }),
      `${host} sent a compressed response, which the request did not accept / ` +
        "something between here and AWS may have responded: a captive portal, a proxy, or a wrong endpoint URL",
    ],
    "stops reading a body that is too large": [
      new Response(new Uint8Array(5 * 1024 * 1024)),
      `${host} sent more than any response of AWS holds / ` +
        "something between here and AWS may have responded: a captive portal, a proxy, or a wrong endpoint URL",
    ],
  };
  test.each(Object.entries(refusals))("%s", async (_, [reply, says]) => {
    const { outcome } = await sent(reply);
    expect(told(outcome)).toEqual({ says, timedOut: false, retryable: false, responseBegan: true });
  });

  test("tells a refused connection, which can be retried", async () => {
    const { outcome, traced } = await sent(fault("ECONNREFUSED"));
    const says = `${host}: the connection was refused / ${network}`;
    expect(told(outcome)).toEqual({ says, timedOut: false, retryable: true, responseBegan: false });
    expect(traced).toEqual([`POST ${host} GetCallerIdentity: ${host}: the connection was refused, 0 ms`]);
  });

  test("tells a response that broke off from one that never began", async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.error(fault("ECONNRESET"));
      },
    });
    const { outcome } = await sent(new Response(body));
    const says = `${host}: the connection was closed before the whole response arrived / ${network}`;
    expect(told(outcome)).toEqual({ says, timedOut: false, retryable: true, responseBegan: true });
  });
});

describe("sendRequest() without a response", () => {
  const silences: Record<string, [connecting: "made" | "never", says: string, took: number]> = {
    "ends after 5 seconds without a connection": ["never", "no connection within 5 seconds", 5_000],
    "ends after 30 seconds without a response": ["made", "no response within 30 seconds", 30_000],
  };
  test.each(Object.entries(silences))("%s", async (_, [connecting, says, took]) => {
    const found = await sent("silence", { system: { connecting } });
    expect(told(found.outcome)).toEqual({
      says: `${host}: ${says} / ${network}`,
      timedOut: true,
      retryable: true,
      responseBegan: false,
    });
    expect(found.took).toBe(took);
  });

  test("makes no connection of its own once the response has begun", async () => {
    const system = fakeSystem();
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
      await system.advance(10_000);
      controller.enqueue(new TextEncoder().encode("at last"));
      controller.close();
    };
    system.expect("POST", post.url, new Response(new ReadableStream({ pull }, { highWaterMark: 0 })));
    expect(told(await sendRequest(fakeHttpClient(system), post))).toBe("at last");
    await system.advance(60_000);
    expect(system.connections).toEqual([]);
  });
});

describe("sendRequest() through a proxy", () => {
  const proxies = proxyRules({
    HTTPS_PROXY: "http://ana:made-up@proxy.example:3128",
    NO_PROXY: "direct.example",
  });

  test("names it to the request", async () => {
    const { system } = await sent(new Response("fine"), { http: { proxies } });
    expect(system.requests[0]?.proxy).toBe("http://ana:made-up@proxy.example:3128");
  });

  test("leaves out a host of NO_PROXY", async () => {
    const request = { ...post, url: "https://direct.example/" };
    const { system } = await sent(new Response("fine"), { http: { proxies }, request });
    expect(system.requests[0]).not.toContainKey("proxy");
  });

  test("watches the connection to the proxy, and shows its address without the password", async () => {
    const { outcome, system } = await sent("silence", {
      http: { proxies },
      system: { connecting: "never" },
    });
    expect(system.connections).toEqual(["proxy.example 3128"]);
    const by = `${host} through the proxy http://proxy.example:3128 (HTTPS_PROXY)`;
    const hint = "check that the proxy of HTTPS_PROXY is up, or list the host in NO_PROXY";
    expect(told(outcome)).toMatchObject({ says: `${by}: no connection within 5 seconds / ${hint}` });
  });
});

describe("sendRequest() with configured certificates", () => {
  const ca = { pem: "made-up pem", source: "AWS_CA_BUNDLE" };

  test("gives them to a request over TLS", async () => {
    const { system } = await sent(new Response("fine"), { http: { ca } });
    expect(system.requests[0]?.ca).toBe("made-up pem");
  });

  test("does not mention them where there is no TLS", async () => {
    const request = { ...post, url: "http://sts.example/" };
    const { system, outcome } = await sent(fault("FailedToOpenSocket"), { http: { ca }, request });
    expect(system.requests[0]).not.toContainKey("ca");
    expect(told(outcome)).toMatchObject({ says: `sts.example: no connection could be opened / ${network}` });
  });
});
