import { createServer, type Socket } from "node:net";

export interface Listener {
  readonly port: number;
  /** Closes the listener and the connections that are still open. */
  stop(): Promise<void>;
}

/** Listens on a free port of the loopback interface. */
export function listen(serve: (socket: Socket) => void): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serve(socket);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") return reject(new Error("no port was given"));
      resolve({ port: address.port, stop });
    });
  });
}
