/**
 * A relay in front of servers that makes a network of a loopback: each direction takes so many milliseconds. It reads
 * nothing of what it passes on, which is TLS.
 *
 * The system accepts a connection at once, so the round trip of its TCP handshake is made up for: what the client sends
 * first is held for that long. A client that is told of its connection late would have sent it then.
 */
import { connect, createServer, type Server, type Socket } from "node:net";

/** What went through it since the last reset. */
export interface Traffic {
  /** The longest chain of messages that followed one from the other, the handshakes included. */
  readonly roundTrips: number;
  /** By the server's name. */
  readonly connections: Readonly<Record<string, number>>;
}

export interface Relay<Name extends string> {
  /** Where each server is reached through the relay. */
  readonly ports: Readonly<Record<Name, number>>;
  traffic(): Traffic;
  reset(): void;
  stop(): Promise<void>;
}

/** `oneWay` is in milliseconds. */
export async function startRelay<Name extends string>(
  servers: Readonly<Record<Name, number>>,
  oneWay: number,
): Promise<Relay<Name>> {
  const sockets = new Set<Socket>();
  const listeners: Server[] = [];
  const startOfRun = () => ({
    connections: {} as Record<string, number>,
    /** How many round trips the message has behind it, of those that have come to the client, that has most. */
    reached: 0,
  });
  let current = startOfRun();

  const serve = (name: string, port: number, client: Socket): void => {
    // What is still under way when the next run begins counts for this one.
    const run = current;
    run.connections[name] = (run.connections[name] ?? 0) + 1;
    const server = connect(port, "127.0.0.1");
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    }
    /** How many round trips what the client sends has behind it: the TCP handshake is the first one. */
    const connected = run.reached + 1;
    /** The same of what has come to the server. */
    let arrived = connected;
    const acceptedAt = performance.now();
    client.on("data", (bytes) => {
      const depth = Math.max(connected, run.reached);
      const handshake = Math.max(0, acceptedAt + 2 * oneWay - performance.now());
      after(handshake + oneWay, () => {
        arrived = Math.max(arrived, depth);
        server.write(bytes);
      });
    });
    server.on("data", (bytes) => {
      const depth = arrived + 1;
      after(oneWay, () => {
        run.reached = Math.max(run.reached, depth);
        client.write(bytes);
      });
    });
    client.on("end", () => after(3 * oneWay, () => server.end()));
    server.on("end", () => after(oneWay, () => client.end()));
  };

  const listen = async (name: string, port: number): Promise<number> => {
    const listener = createServer({ allowHalfOpen: true }, (client) => serve(name, port, client));
    listeners.push(listener);
    await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
    const address = listener.address();
    if (address === null || typeof address === "string") throw new Error("no port was given");
    return address.port;
  };

  const ports: Partial<Record<Name, number>> = {};
  for (const name of Object.keys(servers) as Name[]) ports[name] = await listen(name, servers[name]);
  return {
    ports: ports as Record<Name, number>,
    traffic: () => ({ roundTrips: current.reached, connections: current.connections }),
    reset: () => {
      current = startOfRun();
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(listeners.map((listener) => new Promise((done) => listener.close(done))));
    },
  };
}

function after(milliseconds: number, act: () => void): void {
  setTimeout(act, milliseconds);
}
