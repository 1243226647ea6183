/** A server for programs of this machine: `System.serveRequests`. */

import type { RequestServer, ServedAddress, ServedRequest, ServedResponse } from "../endpoint-types.ts";
import { isOursOrRoots } from "./connection-owner.ts";

/** Seconds after which a connection without a request is closed, so that silent ones do not pile up. */
const silence = 10;

/** No SDK sends a body to such an endpoint; the token's PUT of instance metadata has an empty one. */
const longestBody = 1024;

export async function serveRequests(
  { hostname, port }: ServedAddress,
  answer: (request: ServedRequest) => Promise<ServedResponse>,
): Promise<RequestServer> {
  const server = Bun.serve({
    hostname,
    port,
    development: false,
    // Outside of development the runtime shares the port with other processes of the user that share it too.
    reusePort: false,
    idleTimeout: silence,
    maxRequestBodySize: longestBody,
    error: () => new Response("", { status: 500 }),
    fetch: async (request, server) => {
      // Without a Host that makes an address (HTTP/1.0, or nonsense) there is none to look at.
      if (!URL.canParse(request.url)) return new Response("", { status: 400 });
      const { status, headers, body } = await answer({
        method: request.method,
        target: targetOf(request.url),
        header: (name) => request.headers.get(name) ?? undefined,
        isOurs: () => isOursOrRoots(request, server),
      });
      return new Response(body, { status, headers });
    },
  });
  return { port: server.port ?? 0, stop: () => server.stop(true) };
}

/** Path and query, as the client spelled them. */
function targetOf(url: string): string {
  const path = url.indexOf("/", url.indexOf("://") + 3);
  return path < 0 ? "/" : url.slice(path);
}
