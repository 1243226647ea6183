import { errorCode, Failure, reasonOf } from "../../lib/errors.ts";
import type { Listening } from "../types.ts";

export const loopbackHost = "127.0.0.1";

/** Milliseconds for a response to leave; over loopback it needs less than one. */
const grace = 500;

/** Seconds after which a connection without a request is closed. */
const IDLE_TIMEOUT = 10;

/** Responds to one request; `done` stops the server once the response is out. */
export type LoopbackHandler<T> = (
  request: Request,
  server: Bun.Server<undefined>,
  done: (result: T) => void,
) => Promise<Response>;

/**
 * Serves on a port that other machines cannot reach, and calls `opened` with it. Resolves to the result that `handle`
 * passes to `done` or to that of `opened`, whichever comes first, or to undefined after `timeoutMilliseconds`. Rejects when
 * `opened` does, and with a Failure when it cannot listen. The port is closed then. Every program on this machine can reach
 * the port, so `handle` must check each request.
 */
export async function serveLoopback<T>(
  handle: LoopbackHandler<T>,
  { timeoutMilliseconds, port = 0 }: Listening,
  opened: (port: number) => Promise<{ readonly value: T } | undefined>,
): Promise<T | undefined> {
  const outcome = Promise.withResolvers<T | undefined>();
  const server = listen({
    hostname: loopbackHost,
    port,
    development: false,
    // Outside of development the runtime shares the port with other processes of the user that share it too.
    reusePort: false,
    // Idle connections may use up the descriptors of this process, and without a free one the runtime tries to accept the
    // next without a pause. A browser whose idle connection is closed connects again.
    idleTimeout: IDLE_TIMEOUT,
    error: () => new Response("Something went wrong.\n", { status: 500 }),
    // A request without a usable Host (HTTP/1.0, or nonsense) has no URL to handle.
    fetch: (request, server) =>
      URL.canParse(request.url)
        ? handle(request, server, outcome.resolve)
        : new Response("There is no address.\n", { status: 400, headers: { Connection: "close" } }),
  });
  const timer = setTimeout(() => outcome.resolve(undefined), timeoutMilliseconds);
  try {
    opened(server.port ?? 0).then((result) => {
      if (result !== undefined) outcome.resolve(result.value);
    }, outcome.reject);
    return await outcome.promise;
  } finally {
    clearTimeout(timer);
    await stop(server);
  }
}

/** Throws a Failure for a port that another program has, or that this user may not have. */
function listen(options: Bun.Serve.Options<undefined>): Bun.Server<undefined> {
  try {
    return Bun.serve(options);
  } catch (error) {
    const reasons: Readonly<Record<string, string>> = {
      EADDRINUSE: "another program uses this port",
      EACCES: "this user may not use this port",
    };
    throw new Failure(
      "failed",
      `cannot listen on ${loopbackHost}:${options.port}: ${reasons[errorCode(error)] ?? reasonOf(error)}`,
      {
        hints: ["name another port, or leave out --callback-port to use any that is free"],
        cause: error,
      },
    );
  }
}

/** Lets the last response out, but does not wait for a connection whose request never ends. */
async function stop(server: Bun.Server<undefined>): Promise<void> {
  const timer = setTimeout(() => server.stop(true), grace);
  await server.stop();
  clearTimeout(timer);
}
