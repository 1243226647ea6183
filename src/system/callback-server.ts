import { isOurs } from "./connection-owner.ts";
import { serveLoopback } from "./loopback-server.ts";
import type { CallbackRequest, CallbackResponse, Listening } from "./types.ts";

/** See `System.serveCallback`. Other machines cannot reach it; other programs of this one can, so `answer` must judge. */
export async function serveCallback<T>(
  answer: (request: CallbackRequest) => Promise<CallbackResponse<T>>,
  listening: Listening,
  opened: (port: number) => Promise<{ readonly value: T } | undefined>,
): Promise<T | undefined> {
  return serveLoopback<T>(
    async (request, server, done) => {
      const { pathname, search } = new URL(request.url);
      const { status, headers, body, result } = await answer({
        method: request.method,
        target: pathname + search,
        host: request.headers.get("host") ?? "",
        isOurs: () => isOurs(request, server),
      });
      if (result !== undefined) done(result.value);
      return new Response(body, { status, headers: { ...headers, Connection: "close" } });
    },
    listening,
    opened,
  );
}
