export const loopbackHost = "127.0.0.1";

/** Milliseconds for an answer to leave; over loopback it needs less than one. */
const grace = 500;

/** Seconds after which a connection that asks for nothing is closed. */
const IDLE_TIMEOUT = 10;

/** Answers one request; `done` ends the serving once the answer is out. */
export type LoopbackHandler<T> = (
  request: Request,
  server: Bun.Server<undefined>,
  done: (result: T) => void,
) => Promise<Response>;

/**
 * Serves on a free port that other machines cannot reach, and calls `opened` with it. Resolves to what `handle` is done
 * with, or to undefined after `timeoutMilliseconds`; rejects when `opened` does. It no longer listens then. Whatever
 * else on this machine asks is answered too, so `handle` must judge.
 */
export async function serveLoopback<T>(
  handle: LoopbackHandler<T>,
  timeoutMilliseconds: number,
  opened: (port: number) => Promise<void>,
): Promise<T | undefined> {
  const outcome = Promise.withResolvers<T | undefined>();
  const server = Bun.serve({
    hostname: loopbackHost,
    port: 0,
    development: false,
    // Stray connections may use up the descriptors of this process, and while there is none the runtime tries to accept
    // the next without a pause. A browser that is cut off without having asked connects again.
    idleTimeout: IDLE_TIMEOUT,
    error: () => new Response("Something went wrong.\n", { status: 500 }),
    // Without a Host that makes an address (HTTP/1.0, or nonsense) there is none to look at.
    fetch: (request, server) =>
      URL.canParse(request.url)
        ? handle(request, server, outcome.resolve)
        : new Response("There is no address.\n", { status: 400, headers: { Connection: "close" } }),
  });
  const timer = setTimeout(() => outcome.resolve(undefined), timeoutMilliseconds);
  try {
    opened(server.port ?? 0).catch(outcome.reject);
    return await outcome.promise;
  } finally {
    clearTimeout(timer);
    await stop(server);
  }
}

/** Lets the last answer out, but is not held up by a connection whose request never ends. */
async function stop(server: Bun.Server<undefined>): Promise<void> {
  const timer = setTimeout(() => server.stop(true), grace);
  await server.stop();
  clearTimeout(timer);
}
