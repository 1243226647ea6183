import { expect, test } from "bun:test";
import { askSteadily } from "../../../scripts/bench/load.ts";

function serve(status: number) {
  const seen: (string | null)[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: ({ headers }) => {
      seen.push(headers.get("authorization"));
      return new Response("x", { status });
    },
  });
  return {
    seen,
    server,
    target: { url: `http://127.0.0.1:${server.port}/`, headers: { Authorization: "t" } },
  };
}

test("askSteadily() makes as many requests as the rate says, and tells how long each took", async () => {
  const { seen, server, target } = serve(200);
  const times = await askSteadily(target, 200, 0.1);
  await server.stop(true);
  expect([times.length, times.every((time) => time > 0)]).toEqual([20, true]);
  expect(seen).toEqual(Array.from({ length: 20 }, () => "t"));
});

test("askSteadily() throws for an answer other than 200", async () => {
  const { server, target } = serve(403);
  await expect(askSteadily(target, 100, 0.02)).rejects.toThrow("answers with 403");
  await server.stop(true);
});
