import { isOurs } from "./connection-owner.ts";
import { loopbackHost, serveLoopback } from "./loopback-server.ts";

/** 256 bits, which cannot be guessed in the minute that the address lives. */
const PATH_BYTES = 32;

/**
 * Serves one redirect to `target` on a loopback address that cannot be guessed, and calls `opened` with that address.
 * Resolves true when the target was fetched and the answer is on its way, or false after `timeoutMilliseconds`; rejects
 * when `opened` does. On Linux only this user's own processes are answered. Whatever else arrives is refused and
 * leaves the redirect as it is.
 */
export async function redirectOnce(
  target: string,
  timeoutMilliseconds: number,
  opened: (address: string) => Promise<void>,
): Promise<boolean> {
  const path = `/${crypto.getRandomValues(new Uint8Array(PATH_BYTES)).toHex()}`;
  let used = false;
  const fetched = await serveLoopback<true>(
    async (request, server, done) => {
      const { pathname, search } = new URL(request.url);
      if (request.headers.get("host") !== `${loopbackHost}:${server.port}` || pathname + search !== path) {
        return textResponse(404, "There is no page at this address.");
      }
      if (request.method !== "GET") return textResponse(405, "This page takes GET only.", { Allow: "GET" });
      if (!(await isOurs(request, server))) {
        return textResponse(
          403,
          "Only programs of the user who runs aws-login get this page. Try --no-browser.",
        );
      }
      if (used) return textResponse(410, "This address works once, and was used.");
      used = true;
      done(true);
      return textResponse(302, "The page is elsewhere.", { Location: target });
    },
    { timeoutMilliseconds },
    async (port) => {
      await opened(`http://${loopbackHost}:${port}${path}`);
      return undefined;
    },
  );
  return fetched ?? false;
}

/** A response without a secret in its body, which browsers do not cache and whose address they send to no other page. */
function textResponse(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(`${text}\n`, {
    status,
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
      Connection: "close",
      ...headers,
    },
  });
}
