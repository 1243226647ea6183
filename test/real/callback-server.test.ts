import { describe, expect, test } from "bun:test";
import { serveCallback } from "../../src/real/callback-server.ts";
import type { CallbackAnswer, CallbackRequest } from "../../src/system.ts";

/** Milliseconds; longer than any test that expects an answer may take. */
const long = 60_000;

type Answer = (request: CallbackRequest) => Promise<CallbackAnswer<string>>;

const page = { status: 200, headers: { "Content-Type": "text/plain" }, body: "page" };
/** Is done with the path `/done`, and not with any other. */
const untilDone: Answer = async ({ target }) =>
  target === "/done?a=b" ? { ...page, result: { value: "came" } } : { ...page, status: 404, body: "stray" };

function start(answer: Answer = untilDone, timeoutMilliseconds = long) {
  const { promise: port, resolve } = Promise.withResolvers<number>();
  return { port, outcome: serveCallback(answer, timeoutMilliseconds, async (opened) => resolve(opened)) };
}

describe("serveCallback()", () => {
  test("serveCallback() answers strays and goes on, until an answer has a result; then it is closed", async () => {
    const { port, outcome } = start();
    const base = `http://127.0.0.1:${await port}`;
    const stray = await fetch(`${base}/favicon.ico`);
    expect([stray.status, await stray.text()]).toEqual([404, "stray"]);
    const last = await fetch(`${base}/done?a=b`);
    expect([last.status, await last.text()]).toEqual([200, "page"]);
    expect(await outcome).toBe("came");
    await expect(fetch(base)).rejects.toThrow();
  });

  test("serveCallback() hands on method, target and host", async () => {
    const seen: CallbackRequest[] = [];
    const { port, outcome } = start(async (request) => {
      seen.push(request);
      return { ...page, result: { value: "" } };
    });
    await fetch(`http://127.0.0.1:${await port}/a%20b?c=%26`, {
      method: "POST",
      headers: { Host: "evil.example" },
    });
    await outcome;
    expect(seen).toEqual([{ method: "POST", target: "/a%20b?c=%26", host: "evil.example" }]);
  });

  test("serveCallback() ends with undefined when nobody comes in time, and is closed", async () => {
    const { port, outcome } = start(untilDone, 1);
    expect(await outcome).toBeUndefined();
    await expect(fetch(`http://127.0.0.1:${await port}/done?a=b`)).rejects.toThrow();
  });

  test("serveCallback() rejects as opened() does, and is closed", async () => {
    const port = Promise.withResolvers<number>();
    const outcome = serveCallback(untilDone, long, async (opened) => {
      port.resolve(opened);
      throw new Error("no browser");
    });
    await expect(outcome).rejects.toThrow("no browser");
    await expect(fetch(`http://127.0.0.1:${await port.promise}/`)).rejects.toThrow();
  });
});
