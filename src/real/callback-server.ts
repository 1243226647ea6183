import type { CallbackAnswer, CallbackRequest } from "../system.ts";

const host = "127.0.0.1";

/** Milliseconds for an answer to leave; over loopback it needs less than one. */
const grace = 500;

/** See `System.serveCallback`. Other machines cannot reach it; other programs of this one can, so `answer` must judge. */
export async function serveCallback<T>(
  answer: (request: CallbackRequest) => Promise<CallbackAnswer<T>>,
  timeoutMilliseconds: number,
  opened: (port: number) => Promise<void>,
): Promise<T | undefined> {
  const outcome = Promise.withResolvers<T | undefined>();
  const server = Bun.serve({
    hostname: host,
    port: 0,
    development: false,
    // A browser that stays connected without asking must not be cut off before it comes back.
    idleTimeout: 0,
    error: () => new Response("Something went wrong.\n", { status: 500 }),
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      const { status, headers, body, result } = await answer({
        method: request.method,
        target: pathname + search,
        host: request.headers.get("host") ?? "",
      });
      if (result !== undefined) outcome.resolve(result.value);
      return new Response(body, { status, headers: { ...headers, Connection: "close" } });
    },
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
