import { expect, test } from "bun:test";
import { createServer, type Server } from "node:net";
import { startRelay } from "../../../scripts/bench/relay.ts";

/** Answers each line with itself. */
async function echo(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.pipe(socket);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return { server, port: address.port };
}

/** A connection that says something and waits for the echo. */
async function client(port: number): Promise<(text: string) => Promise<string>> {
  let heard: (text: string) => void = () => {};
  const socket = await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: { data: (_, bytes) => heard(bytes.toString()) },
  });
  return (text) =>
    new Promise((resolve) => {
      heard = resolve;
      socket.write(text);
    });
}

test("startRelay() counts a round trip for the handshake of TCP, and one for each question after an answer", async () => {
  const { server, port } = await echo();
  const relay = await startRelay({ one: port, other: port }, 5);
  try {
    const began = performance.now();
    const ask = await client(relay.ports.one);
    expect(await ask("a")).toBe("a");
    expect(relay.traffic()).toEqual({ roundTrips: 2, connections: { one: 1 } });
    expect(performance.now() - began).toBeGreaterThanOrEqual(18);
    await ask("b");
    expect(relay.traffic().roundTrips).toBe(3);
    const askOther = await client(relay.ports.other);
    await askOther("c");
    expect(relay.traffic()).toEqual({ roundTrips: 5, connections: { one: 1, other: 1 } });
  } finally {
    await relay.stop();
    server.close();
  }
});

test("startRelay() counts questions at the same time once, and begins anew with a reset", async () => {
  const { server, port } = await echo();
  const relay = await startRelay({ one: port, other: port }, 25);
  try {
    const asks = await Promise.all([client(relay.ports.one), client(relay.ports.other)]);
    await Promise.all(asks.map((ask) => ask("a")));
    expect(relay.traffic()).toEqual({ roundTrips: 2, connections: { one: 1, other: 1 } });
    relay.reset();
    expect(relay.traffic()).toEqual({ roundTrips: 0, connections: {} });
  } finally {
    await relay.stop();
    server.close();
  }
});
