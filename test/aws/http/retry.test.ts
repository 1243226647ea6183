import { describe, expect, test } from "bun:test";
import {
  type Attempt,
  retryCost,
  retryDelay,
  sendWithRetries,
  withRetries,
} from "../../../src/aws/http/retry.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { fakeSystem, type Reply } from "../../support/fake-system.ts";

describe("retryDelay()", () => {
  const delays: [retry: number, random: number, milliseconds: number][] = [
    [1, 0, 0],
    [1, 0.5, 500],
    [1, 0.9999, 1000],
    [2, 0.5, 1000],
    [3, 0.5, 2000],
    [5, 0.5, 8000],
    [6, 0.5, 10_000],
    [60, 0.5, 10_000],
  ];
  test.each(delays)("before retry %d with %d is %d ms", (retry, random, milliseconds) => {
    expect(retryDelay(retry, random)).toBe(milliseconds);
  });
});

test("retryCost() charges twice as much after a timeout", () => {
  expect([retryCost("transient"), retryCost("timeout")]).toEqual([5, 10]);
});

/** Runs the attempts one after the other; `made` counts them, whatever the outcome. */
async function run(
  attempts: readonly (Attempt<string> | "transient" | "timeout" | "skew" | "final")[],
  settings: { maxAttempts?: number; retryTokens?: number } = {},
) {
  const system = fakeSystem();
  const http = fakeHttpClient(system, settings);
  let made = 0;
  const outcome = await withRetries(http, async (): Promise<Attempt<string>> => {
    const attempt = attempts[made++];
    if (attempt === undefined) throw new Error("one attempt too many");
    if (typeof attempt !== "string") return attempt;
    return { failure: new Failure("failed", `${attempt} ${made}`), retry: attempt };
  }).catch((error: unknown) => (error instanceof Failure ? error.message : error));
  return { outcome, made, sleeps: system.sleeps, tokens: http.retryTokens, traced: http.traced };
}

const done = { done: "done" } as const;

describe("withRetries()", () => {
  test("returns the first result without waiting", async () => {
    expect(await run([done])).toMatchObject({ outcome: "done", made: 1, sleeps: [] });
  });

  test("waits longer before each retry and says so", async () => {
    const { outcome, sleeps, traced } = await run(["transient", "timeout", done]);
    expect(outcome).toBe("done");
    expect(sleeps).toEqual([500, 1000]);
    expect(traced).toEqual([
      "attempt 1 of 3 failed, the next in 500 ms",
      "attempt 2 of 3 failed, the next in 1000 ms",
    ]);
  });

  test("throws the last failure when the attempts are used up", async () => {
    const { outcome, made, sleeps } = await run(["transient", "timeout", "transient"]);
    expect(outcome).toBe("transient 3");
    expect(made).toBe(3);
    expect(sleeps).toHaveLength(2);
  });

  test("makes no second attempt when one is all there are", async () => {
    expect(await run(["transient"], { maxAttempts: 1 })).toMatchObject({ made: 1, sleeps: [] });
  });

  test("throws a final failure at once", async () => {
    expect(await run(["transient", "final"])).toMatchObject({ outcome: "final 2", made: 2 });
  });

  test("rejects with what the attempt throws", async () => {
    const http = fakeHttpClient(fakeSystem());
    const thrown = new Failure("failed", "thrown");
    const failure = await failureOf(() => withRetries(http, () => Promise.reject(thrown)));
    expect(failure).toBe(thrown);
  });

  test("repeats once for the clock, at once and without counting it", async () => {
    const { outcome, made, sleeps, tokens } = await run(["skew", done], { maxAttempts: 1, retryTokens: 100 });
    expect({ outcome, made, sleeps, tokens }).toEqual({ outcome: "done", made: 2, sleeps: [], tokens: 101 });
  });

  test("does not repeat a second time for the clock", async () => {
    expect(await run(["skew", "skew"])).toMatchObject({ outcome: "skew 2", made: 2 });
    expect(await run(["skew", "transient", "skew"])).toMatchObject({ outcome: "skew 3", made: 3 });
  });

  const buckets: Record<
    string,
    [attempts: ("transient" | "timeout" | typeof done)[], before: number, after: number, made: number]
  > = {
    "gives a token for a success without retries": [[done], 100, 101, 1],
    "holds no more than 500": [[done], 500, 500, 1],
    "gives a retry's cost back when it succeeds": [["transient", done], 100, 100, 2],
    "gives back the cost of the last retry alone": [["timeout", "transient", done], 100, 90, 3],
    "keeps the cost of retries that fail": [["transient", "timeout", "transient"], 100, 85, 3],
    "ends the retries when it is empty": [["transient"], 4, 4, 1],
    "pays with the last tokens": [["transient", "transient"], 5, 0, 2],
    "makes no retry after a timeout for fewer than ten tokens": [["timeout"], 9, 9, 1],
  };
  test.each(Object.entries(buckets))("bucket: %s", async (_, [attempts, before, after, made]) => {
    expect(await run(attempts, { retryTokens: before })).toMatchObject({ tokens: after, made });
  });
});

describe("sendWithRetries()", () => {
  const request = { action: "Act", method: "GET", url: "https://service.example/", headers: {} } as const;
  const reset = () => Object.assign(new TypeError("reset"), { code: "ECONNRESET" });
  const untrusted = () => Object.assign(new TypeError("no"), { code: "CERT_HAS_EXPIRED" });
  const read = ({ body }: { body: string }): Attempt<string> => ({ done: body });

  function service(...replies: readonly (Reply | "silence")[]) {
    const system = fakeSystem({ connecting: "made" });
    for (const reply of replies) {
      system.expect("GET", request.url, reply === "silence" ? system.silence : reply);
    }
    return { system, http: fakeHttpClient(system) };
  }

  test("sendWithRetries() makes a new request for each attempt", async () => {
    const { system, http } = service(reset(), new Response("done"));
    let made = 0;
    const newRequest = () => ({ ...request, headers: { number: String(++made) } });
    expect(await sendWithRetries(http, { request: newRequest, read })).toBe("done");
    expect(system.requests.map(({ headers }) => headers.number)).toEqual(["1", "2"]);
  });

  test("sendWithRetries() charges a timeout as such", async () => {
    const { http } = service("silence");
    const spent = { ...http, retryTokens: 9 };
    const failure = await failureOf(() => sendWithRetries(spent, { request: () => request, read }));
    expect(failure.message).toContain("no response within 30 seconds");
  });

  test("sendWithRetries() does not repeat a failure that another attempt would not mend", async () => {
    const { system, http } = service(untrusted());
    await failureOf(() => sendWithRetries(http, { request: () => request, read }));
    expect(system.requests).toHaveLength(1);
  });

  test("sendWithRetries() does not repeat a request that may not be sent twice", async () => {
    const { system, http } = service(reset());
    const mayRepeat = ({ responseBegan }: { responseBegan: boolean }) => responseBegan;
    await failureOf(() => sendWithRetries(http, { request: () => request, read, mayRepeat }));
    expect(system.requests).toHaveLength(1);
  });

  test("sendWithRetries() hands the clock offset of the request to the reader", async () => {
    const { http } = service(new Response("done"));
    http.clockOffset = 5;
    const offset = (_: unknown, usedOffset: number): Attempt<number> => ({ done: usedOffset });
    expect(await sendWithRetries(http, { request: () => request, read: offset })).toBe(5);
  });
});
