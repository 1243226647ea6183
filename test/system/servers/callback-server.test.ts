import { describe, expect, test } from "bun:test";
import { serveCallback } from "../../../src/system/servers/callback-server.ts";
import type { CallbackRequest, CallbackResponse } from "../../../src/system/types.ts";
import { askAs, canBeOthers, NOBODY, unlessRoot } from "../files/other-user.ts";
import { askRaw } from "./raw-request.ts";

/** Milliseconds; longer than any test that expects an answer may take. */
const long = 60_000;

type Answer = (request: CallbackRequest) => Promise<CallbackResponse<string>>;

const page = { status: 200, headers: { "Content-Type": "text/plain" }, body: "page" };
/** Is done with the path `/done`, and not with any other. */
const untilDone: Answer = async ({ target }) =>
  target === "/done?a=b" ? { ...page, result: { value: "came" } } : { ...page, status: 404, body: "stray" };

function start(answer: Answer = untilDone, timeoutMilliseconds = long) {
  const { promise: port, resolve } = Promise.withResolvers<number>();
  return {
    port,
    outcome: serveCallback(answer, { timeoutMilliseconds }, async (opened) => void resolve(opened)),
  };
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
    const seen: Pick<CallbackRequest, "method" | "target" | "host">[] = [];
    const { port, outcome } = start(async ({ method, target, host }) => {
      seen.push({ method, target, host });
      return { ...page, result: { value: "" } };
    });
    await fetch(`http://127.0.0.1:${await port}/a%20b?c=%26`, {
      method: "POST",
      headers: { Host: "evil.example" },
    });
    await outcome;
    expect(seen).toEqual([{ method: "POST", target: "/a%20b?c=%26", host: "evil.example" }]);
  });

  test("serveCallback() hands on a target that names another host as it stands", async () => {
    const { port, outcome } = start(async ({ target }) => ({ ...page, result: { value: target } }));
    const target = "//evil.example/oauth/callback?state=s";
    await askRaw(await port, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${await port}\r\n\r\n`);
    expect(await outcome).toBe(target);
  });

  test.skipIf(!canBeOthers)(
    `serveCallback() tells whether a process of this user asks${unlessRoot}`,
    async () => {
      const seen: boolean[] = [];
      const { port, outcome } = start(async (request) => {
        const isOurs = await request.isOurs();
        seen.push(isOurs);
        return isOurs ? { ...page, result: { value: "ours" } } : page;
      });
      for (const uid of [NOBODY, 0]) await askAs(uid, await port, "/");
      expect(await outcome).toBe("ours");
      expect(seen).toEqual([false, true]);
    },
  );

  test("serveCallback() ends with undefined after its timeout, and is closed", async () => {
    const { port, outcome } = start(untilDone, 1);
    expect(await outcome).toBeUndefined();
    await expect(fetch(`http://127.0.0.1:${await port}/done?a=b`)).rejects.toThrow();
  });

  test("serveCallback() rejects as opened() does, and is closed", async () => {
    const port = Promise.withResolvers<number>();
    const outcome = serveCallback(untilDone, { timeoutMilliseconds: long }, async (opened) => {
      port.resolve(opened);
      throw new Error("no browser");
    });
    await expect(outcome).rejects.toThrow("no browser");
    await expect(fetch(`http://127.0.0.1:${await port.promise}/`)).rejects.toThrow();
  });
});
