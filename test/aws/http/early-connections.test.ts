import { describe, expect, test } from "bun:test";
import { expectRequests } from "../../../src/aws/http/early-connections.ts";
import type { HttpClient } from "../../../src/aws/http/http-client.ts";
import type { HttpRequest } from "../../../src/aws/http/http-message.ts";
import { proxyRules } from "../../../src/aws/http/proxy.ts";
import { sendRequest } from "../../../src/aws/http/send-request.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { type FakeSetup, fakeSystem } from "../../support/fake-system.ts";

const portal = "https://portal.sso.us-east-1.amazonaws.com";
const sts = "https://sts.us-east-1.amazonaws.com";
const signIn = "https://signin.aws.amazon.com";

function begin(settings: Partial<HttpClient> = {}, setup: FakeSetup = {}) {
  const system = fakeSystem(setup);
  const http = fakeHttpClient(system, settings);
  const ask = (origin: string, more: Partial<HttpRequest> = {}) => {
    const url = `${origin}/path`;
    system.expect("GET", url, new Response("fine"));
    return sendRequest(http, { action: "Ask", method: "GET", url, headers: {}, ...more });
  };
  return { system, http, ask };
}

describe("expectRequests()", () => {
  test("expectRequests() has the next request open a connection to each host that comes later", async () => {
    const { system, http, ask } = begin();
    expectRequests(http, [`${sts}/`, `${signIn}/federation`]);
    expect(system.openedEarly).toEqual([]);
    await ask(portal);
    expect(system.openedEarly).toEqual([sts, signIn]);
    expect(http.traced.slice(0, 2)).toEqual([
      `connects to ${sts} meanwhile`,
      `connects to ${signIn} meanwhile`,
    ]);
  });

  test("expectRequests() opens one connection to a host, however often it is named and asked", async () => {
    const { system, http, ask } = begin();
    expectRequests(http, [sts, `${sts}/again`]);
    await ask(portal);
    expectRequests(http, [sts, portal]);
    await ask(sts);
    await ask(sts);
    expect(system.openedEarly).toEqual([sts]);
  });

  test("expectRequests() opens no connection to the host of the request itself", async () => {
    const { system, http, ask } = begin();
    expectRequests(http, [sts]);
    await ask(sts);
    expect(system.openedEarly).toEqual([]);
  });

  test("expectRequests() forgets what an earlier call named", async () => {
    const { system, http, ask } = begin();
    expectRequests(http, [sts]);
    expectRequests(http, [signIn]);
    await ask(portal);
    expect(system.openedEarly).toEqual([signIn]);
  });

  test("expectRequests() opens nothing beside a request after which a person acts, but beside the next one", async () => {
    const { system, http, ask } = begin();
    expectRequests(http, [sts]);
    await ask("https://oidc.us-east-1.amazonaws.com", { leadsTo: "a person" });
    expect(system.openedEarly).toEqual([]);
    await ask(portal);
    expect(system.openedEarly).toEqual([sts]);
  });

  test("expectRequests() opens nothing without TLS and nothing through a proxy", async () => {
    const rules = proxyRules({ HTTPS_PROXY: "http://proxy.example:3128", NO_PROXY: "signin.aws.amazon.com" });
    const { system, http, ask } = begin({ proxies: rules });
    expectRequests(http, ["http://127.0.0.1:4566", sts, signIn]);
    await ask(portal);
    expect(system.openedEarly).toEqual([signIn]);
  });

  test("expectRequests() uses the certificates of the run", async () => {
    const { system, http, ask } = begin({ ca: { pem: "PEM", source: "AWS_CA_BUNDLE" } });
    expectRequests(http, [sts]);
    await ask(portal);
    expect(system.openedEarly).toEqual([`${sts} PEM`]);
  });
});

describe("a request to a host whose connection is being opened", () => {
  test("goes on where the connection fails", async () => {
    const openConnection = () => Promise.reject(new Error("no connection"));
    const { http, ask } = begin({}, { instead: { openConnection } });
    expectRequests(http, [sts]);
    await ask(portal);
    expect(await ask(sts)).toMatchObject({ kind: "response" });
    expect(http.traced.join()).not.toContain("no connection");
  });

  test("waits until it is open, and no longer than half of what it has taken", async () => {
    const openConnection = () => new Promise<void>(() => {});
    const { system, http, ask } = begin({}, { instead: { openConnection } });
    expectRequests(http, [sts]);
    await ask(portal);
    await system.advance(60);
    await ask(sts);
    expect(system.sleeps).toEqual([30]);
  });

  test("does not wait once it is open", async () => {
    const { system, http, ask } = begin();
    expectRequests(http, [sts]);
    await ask(portal);
    await system.advance(60);
    await ask(sts);
    expect(system.sleeps).toEqual([]);
  });
});
