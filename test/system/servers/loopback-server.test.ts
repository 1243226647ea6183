import { describe, expect, test } from "bun:test";
import { type LoopbackHandler, serveLoopback } from "../../../src/system/servers/loopback-server.ts";
import { askRaw } from "./raw-request.ts";

/** Milliseconds; longer than any test that expects an answer may take. */
const long = 60_000;

/** Is done with the path `/done`, and not with any other. */
const untilDone: LoopbackHandler<string> = async (request, _, done) => {
  const { pathname } = new URL(request.url);
  if (pathname === "/bad") throw new Error("canary");
  if (pathname === "/done") done("came");
  return new Response("page", { headers: { Connection: "close" } });
};

function start(timeoutMilliseconds = long) {
  const { promise: port, resolve } = Promise.withResolvers<number>();
  return {
    port,
    outcome: serveLoopback(untilDone, { timeoutMilliseconds }, async (opened) => void resolve(opened)),
  };
}

describe("serveLoopback()", () => {
  test("serveLoopback() answers until the handler is done; then it is closed", async () => {
    const { port, outcome } = start();
    const base = `http://127.0.0.1:${await port}`;
    expect(await (await fetch(base)).text()).toBe("page");
    expect(await (await fetch(`${base}/done`)).text()).toBe("page");
    expect(await outcome).toBe("came");
    await expect(fetch(base)).rejects.toThrow();
  });

  test("serveLoopback() listens on no address but 127.0.0.1", async () => {
    const { port, outcome } = start();
    await expect(fetch(`http://127.0.0.2:${await port}/done`)).rejects.toThrow();
    await fetch(`http://127.0.0.1:${await port}/done`);
    await outcome;
  });

  test("serveLoopback() ends with undefined after its timeout, and is closed", async () => {
    const { port, outcome } = start(1);
    expect(await outcome).toBeUndefined();
    await expect(fetch(`http://127.0.0.1:${await port}/done`)).rejects.toThrow();
  });

  test("serveLoopback() rejects as opened() does, and is closed", async () => {
    const port = Promise.withResolvers<number>();
    const outcome = serveLoopback(untilDone, { timeoutMilliseconds: long }, async (opened) => {
      port.resolve(opened);
      throw new Error("no browser");
    });
    await expect(outcome).rejects.toThrow("no browser");
    await expect(fetch(`http://127.0.0.1:${await port.promise}/`)).rejects.toThrow();
  });

  test("serveLoopback() ends with what opened() resolves to, and is closed", async () => {
    const port = Promise.withResolvers<number>();
    const outcome = serveLoopback(untilDone, { timeoutMilliseconds: long }, async (opened) => {
      port.resolve(opened);
      return { value: "pasted" };
    });
    expect(await outcome).toBe("pasted");
    await expect(fetch(`http://127.0.0.1:${await port.promise}/`)).rejects.toThrow();
  });

  test("serveLoopback() listens on the port that is named, and says so when another program has it", async () => {
    // Bun lets two servers of one process share a port.
    const other = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => {} } });
    const taken = other.port;
    const second = serveLoopback(
      untilDone,
      { timeoutMilliseconds: long, port: taken },
      async () => undefined,
    );
    await expect(second).rejects.toThrow(
      `cannot listen on 127.0.0.1:${taken}: another program uses this port`,
    );
    other.stop(true);
    const port = Promise.withResolvers<number>();
    const third = serveLoopback(
      untilDone,
      { timeoutMilliseconds: long, port: taken },
      async (opened) => void port.resolve(opened),
    );
    expect(await port.promise).toBe(taken);
    await fetch(`http://127.0.0.1:${taken}/done`);
    expect(await third).toBe("came");
  });

  test("serveLoopback() says nothing of an error in the handler, and goes on", async () => {
    const { port, outcome } = start();
    const bad = await fetch(`http://127.0.0.1:${await port}/bad`);
    expect([bad.status, await bad.text()]).toEqual([500, "Something went wrong.\n"]);
    await fetch(`http://127.0.0.1:${await port}/done`);
    expect(await outcome).toBe("came");
  });

  const nowhere: Record<string, string> = {
    "HTTP/1.0 without a Host": "GET /done HTTP/1.0\r\n\r\n",
    "a Host with blanks": "GET /done HTTP/1.1\r\nHost: a b\r\n\r\n",
    "a Host whose port is none": "GET /done HTTP/1.1\r\nHost: 127.0.0.1:99999\r\n\r\n",
  };
  test.each(Object.entries(nowhere))("serveLoopback() refuses %s and goes on", async (_, text) => {
    const { port, outcome } = start();
    expect(await askRaw(await port, text)).toStartWith("HTTP/1.1 400 ");
    await fetch(`http://127.0.0.1:${await port}/done`);
    expect(await outcome).toBe("came");
  });

  test("serveLoopback() does not wait for connections that say nothing, or not enough", async () => {
    const { port: opened, outcome } = start();
    const port = await opened;
    const open = (text: string) =>
      Bun.connect({
        hostname: "127.0.0.1",
        port,
        socket: { data() {}, open: (socket) => void socket.write(text) },
      });
    const idle = await Promise.all([open(""), open("GET / HT")]);
    await fetch(`http://127.0.0.1:${port}/done`);
    expect(await outcome).toBe("came");
    for (const socket of idle) socket.terminate();
  });
});
