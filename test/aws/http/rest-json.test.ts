import { describe, expect, test } from "bun:test";
import { awsNow } from "../../../src/aws/http/http-client.ts";
import { callRestJson } from "../../../src/aws/http/rest-json.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { failureOf } from "../../support/failure.ts";
import { caller, json, sentBody } from "../../support/fake-portal.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";

const url = "https://service.example";
const call = { action: "Act", method: "POST", path: "/act", secrets: [] } as const;
const refusedConnection = () => Object.assign(new Error("no"), { code: "ConnectionRefused" });
const reset = () => Object.assign(new Error("no"), { code: "ECONNRESET" });

describe("callRestJson()", () => {
  test("callRestJson() sends JSON and reads JSON", async () => {
    const system = fakeSystem();
    system.expect("POST", `${url}/act`, json(200, { a: 1 }));
    expect(await callRestJson(caller(system, url), { ...call, body: { b: "é" } })).toEqual({ a: 1 });
    expect(sentBody(system.requests[0])).toEqual({ b: "é" });
    expect(system.requests[0]?.headers["content-type"]).toBe("application/json");
  });

  test("callRestJson() takes an empty body for no members where the operation returns none", async () => {
    const system = fakeSystem();
    system.expect("POST", `${url}/act`, new Response(""));
    expect(await callRestJson(caller(system, url), { ...call, returns: "may be empty" })).toEqual({});
    expect(system.requests[0]?.headers["content-type"]).toBeUndefined();
  });

  test("callRestJson() does not take an empty body for a response elsewhere", async () => {
    const system = fakeSystem();
    system.expect("POST", `${url}/act`, new Response(""));
    expect((await failureOf(() => callRestJson(caller(system, url), call))).message).toBe(
      "the response to Act (status 200, no content type, 0 characters) is not a JSON object",
    );
  });

  test("callRestJson() does not take a page for a response, and sends one request", async () => {
    const system = fakeSystem();
    system.expect("POST", `${url}/act`, new Response("<html>", { headers: { "content-type": "text/html" } }));
    expect((await failureOf(() => callRestJson(caller(system, url), call))).message).toContain(
      "not a JSON object",
    );
  });

  const retried: Record<string, () => Response | Error> = {
    "too many requests": () => json(429, { __type: "TooManyRequestsException" }),
    "a page of a proxy with status 503": () => new Response("<html>", { status: 503 }),
    "a connection that ended": reset,
    "a code that the operation names": () => json(400, { error: "slow_down" }),
  };
  for (const [name, reply] of Object.entries(retried)) {
    test(`callRestJson() tries again after ${name}`, async () => {
      const system = fakeSystem();
      system.expect("POST", `${url}/act`, reply());
      system.expect("POST", `${url}/act`, json(200, { done: true }));
      const answer = await callRestJson(caller(system, url), { ...call, retryCodes: ["slow_down"] });
      expect(answer).toEqual({ done: true });
      expect(system.sleeps).toEqual([500]);
    });
  }

  test("callRestJson() asks for the headers of each attempt anew", async () => {
    const system = fakeSystem();
    system.expect("POST", `${url}/act`, json(503, {}));
    system.expect("POST", `${url}/act`, json(200, {}));
    let made = 0;
    const headersOfAttempt = async () => ({ proof: String(++made) });
    await callRestJson(caller(system, url), { ...call, headers: { own: "a" }, headersOfAttempt });
    expect(system.requests.map(({ headers }) => [headers.own, headers.proof])).toEqual([
      ["a", "1"],
      ["a", "2"],
    ]);
  });

  test("callRestJson() makes headers with AWS's time, once, when those with its own were refused", async () => {
    const ahead = { date: new Date(noon + 3_600_000).toUTCString() };
    const system = fakeSystem();
    for (const _ of [1, 2]) system.expect("POST", `${url}/act`, json(400, { error: "made_up" }, ahead));
    const { http, endpoint } = caller(system, url);
    const headersOfAttempt = async () => ({ proof: String(awsNow(http) - noon) });
    const work = () => callRestJson({ http, endpoint }, { ...call, headersOfAttempt });
    expect((await failureOf(work)).message).toBe("made_up");
    expect(system.requests.map(({ headers }) => headers.proof)).toEqual(["0", "3600000"]);
  });

  test("callRestJson() ignores the time of a response to headers without one", async () => {
    const ahead = { date: new Date(noon + 3_600_000).toUTCString() };
    const system = fakeSystem();
    system.expect("POST", `${url}/act`, json(400, { error: "made_up" }, ahead));
    await failureOf(() => callRestJson(caller(system, url), call));
    expect(system.requests).toHaveLength(1);
  });

  test("callRestJson() learns AWS's time from a response", async () => {
    const system = fakeSystem();
    const ahead = { date: new Date(noon + 3_600_000).toUTCString() };
    system.expect("POST", `${url}/act`, json(200, {}, ahead));
    const { http, endpoint } = caller(system, url);
    await callRestJson({ http, endpoint }, call);
    expect(http.clockOffset).toBe(3_600_000);
  });

  test("callRestJson() goes by the operation's own reader of errors", async () => {
    const system = fakeSystem();
    system.expect("POST", `${url}/act`, json(400, { error: "made-up" }));
    system.expect("POST", `${url}/act`, json(200, { done: true }));
    const readError = (_: string, { status }: { status: number }) =>
      new Failure("failed", "own", { serviceError: { code: "Throttling", message: "", status } });
    expect(await callRestJson(caller(system, url), { ...call, readError })).toEqual({ done: true });
  });

  test("callRestJson() throws a refusal at once, with its status", async () => {
    const system = fakeSystem();
    system.expect(
      "POST",
      `${url}/act`,
      json(401, { message: "no" }, { "x-amzn-errortype": "UnauthorizedException" }),
    );
    const failure = await failureOf(() => callRestJson(caller(system, url), call));
    expect(failure.serviceError?.status).toBe(401);
  });

  const final: Record<string, () => Response | Error> = {
    "a connection that ended": reset,
    "a server error": () => json(500, { error: "server_error" }),
  };
  for (const [name, reply] of Object.entries(final)) {
    test(`callRestJson() does not repeat a request that works once, after ${name}`, async () => {
      const system = fakeSystem();
      system.expect("POST", `${url}/act`, reply());
      await failureOf(() => callRestJson(caller(system, url), { ...call, attempts: "once" }));
      expect(system.requests).toHaveLength(1);
    });
  }

  test("callRestJson() sends a request that works once over a connection of its own", async () => {
    for (const attempts of ["once", "retried"] as const) {
      const system = fakeSystem();
      system.expect("POST", `${url}/act`, json(200, {}));
      await callRestJson(caller(system, url), { ...call, attempts });
      expect(system.requests[0]?.connection).toBe(attempts === "once" ? "new" : undefined);
    }
  });

  test("callRestJson() repeats a request that works once when it never arrived", async () => {
    const system = fakeSystem();
    system.expect("POST", `${url}/act`, refusedConnection());
    system.expect("POST", `${url}/act`, json(200, {}));
    expect(await callRestJson(caller(system, url), { ...call, attempts: "once" })).toEqual({});
  });
});
