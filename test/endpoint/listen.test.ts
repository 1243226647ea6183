import { expect, test } from "bun:test";
import { listen } from "../../src/endpoint/listen.ts";
import { forbidden } from "../../src/endpoint/responses.ts";
import type { ServedRequest } from "../../src/system/endpoint-types.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";

const address = { hostname: "127.0.0.1", port: 0 };
const request: ServedRequest = {
  method: "GET",
  target: "/",
  header: () => undefined,
  isOurs: async () => true,
};

test("listen() tells each request the port that the system chose", async () => {
  const ports: number[] = [];
  let answer: ((request: ServedRequest) => Promise<unknown>) | undefined;
  const system = fakeSystem({
    instead: {
      serveRequests: async (_, handler) => {
        answer = handler;
        return { port: 4100, stop: async () => {} };
      },
    },
  });
  await listen(address, system, async (_, port) => {
    ports.push(port);
    return forbidden;
  });
  await answer?.(request);
  expect(ports).toEqual([4100]);
});

test("listen() says why it cannot", async () => {
  const why = {
    EADDRINUSE: "another program listens there",
    EACCES: "this user may not listen there",
    EADDRNOTAVAIL: "this machine has no such address",
    EX: "no",
  };
  for (const [code, reason] of Object.entries(why)) {
    const serveRequests = () => Promise.reject(Object.assign(new Error("no"), { code }));
    const system = fakeSystem({ instead: { serveRequests } });
    const failure = await failureOf(() => listen({ ...address, port: 80 }, system, async () => forbidden));
    expect(failure.message).toContain(`cannot listen on 127.0.0.1:80: ${reason}`);
  }
});
