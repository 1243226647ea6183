import { errorCode, Failure, reasonOf } from "../lib/errors.ts";
import type { Listening } from "./types.ts";

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
 * Serves on a port that other machines cannot reach, and calls `opened` with it. Resolves to what `handle` is done with
 * or to what `opened` resolves to, whichever comes first; to undefined after the time. Rejects when `opened` does, and
 * with a Failure when it cannot listen. It no longer listens then. Whatever else on this machine asks is answered too,
 * so `handle` must judge.
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

/** Lets the last answer out, but is not held up by a connection whose request never ends. */
async function stop(server: Bun.Server<undefined>): Promise<void> {
  const timer = setTimeout(() => server.stop(true), grace);
  await server.stop();
  clearTimeout(timer);
}
