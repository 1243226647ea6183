import type { CallbackRequest, CallbackResponse, Listening } from "../types.ts";
import { isOurs } from "./connection-owner.ts";
import { serveLoopback } from "./loopback-server.ts";

/** As `System.serveCallback`. Other machines cannot reach the port; other programs can, so `respond` must check each request. */
export async function serveCallback<T>(
  respond: (request: CallbackRequest) => Promise<CallbackResponse<T>>,
  listening: Listening,
  opened: (port: number) => Promise<{ readonly value: T } | undefined>,
): Promise<T | undefined> {
  return serveLoopback<T>(
    async (request, server, done) => {
      const { pathname, search } = new URL(request.url);
      const { status, headers, body, result } = await respond({
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
