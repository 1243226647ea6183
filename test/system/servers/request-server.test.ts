import { describe, expect, test } from "bun:test";
import { connect } from "node:net";
import type { ServedRequest } from "../../../src/system/endpoint-types.ts";
import { serveRequests } from "../../../src/system/servers/request-server.ts";
import { askAs, canBeOthers, NOBODY, unlessRoot } from "../files/other-user.ts";

async function serving(work: (port: number, seen: ServedRequest[]) => Promise<void>): Promise<void> {
  const seen: ServedRequest[] = [];
  const server = await serveRequests({ hostname: "127.0.0.1", port: 0 }, async (request) => {
    seen.push(request);
    const isOurs = await request.isOurs();
    return {
      status: isOurs ? 200 : 403,
      headers: { "x-a": "b", Connection: "close" },
      body: isOurs ? "made-up" : "",
    };
  });
  try {
    await work(server.port, seen);
  } finally {
    await server.stop();
  }
}

describe("serveRequests()", () => {
  test("serveRequests() hands on method, target and headers, and the response", () =>
    serving(async (port, seen) => {
      const response = await fetch(`http://127.0.0.1:${port}/a%20b/c?x=1`, { headers: { "X-Y": "z" } });
      expect([response.status, response.headers.get("x-a"), await response.text()]).toEqual([
        200,
        "b",
        "made-up",
      ]);
      const [request] = seen;
      expect([request?.method, request?.target]).toEqual(["GET", "/a%20b/c?x=1"]);
      expect([request?.header("x-y"), request?.header("none")]).toEqual(["z", undefined]);
      expect(request?.header("host")).toBe(`127.0.0.1:${port}`);
    }));

  test.skipIf(!canBeOthers)(`serveRequests() tells another user's process${unlessRoot}`, () =>
    serving(async (port) => {
      expect(await askAs(NOBODY, port, "/")).toStartWith("HTTP/1.1 403");
      expect(await askAs(0, port, "/")).toStartWith("HTTP/1.1 200");
    }),
  );

  test("serveRequests() answers hundreds of requests at once", () =>
    serving(async (port) => {
      const responses = await Promise.all(
        Array.from({ length: 400 }, () => fetch(`http://127.0.0.1:${port}/`)),
      );
      expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    }));

  test("serveRequests() answers beside two thousand silent connections", () =>
    serving(async (port) => {
      const silent = await Promise.all(
        Array.from({ length: 2_000 }, async () => {
          const socket = connect(port, "127.0.0.1");
          await new Promise((resolve) => socket.once("connect", resolve));
          return socket;
        }),
      );
      const began = performance.now();
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
      expect(performance.now() - began).toBeLessThan(1_000);
      for (const socket of silent) socket.destroy();
    }));

  test("serveRequests() rejects with the system's error when the port is taken", async () => {
    const other = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
    const answer = async () => ({ status: 200, headers: {}, body: "" });
    const serving = serveRequests({ hostname: "127.0.0.1", port: other.port }, answer);
    await expect(serving).rejects.toMatchObject({ code: "EADDRINUSE" });
    other.stop();
  });
});
