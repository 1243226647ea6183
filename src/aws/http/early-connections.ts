/**
 * Connections to the hosts that a run asks later, opened while it waits for an earlier response, so that their TCP and TLS
 * handshakes take no time of their own. A connection that cannot be opened is no error: the request opens one itself.
 */
import type { EarlyConnections, HttpClient } from "./http-client.ts";
import { proxyFor } from "./proxy.ts";

/** An early connection is given up after so many milliseconds. */
const openingMilliseconds = 5_000;

interface Opening {
  readonly since: number;
  /** Undefined once the connection is open or has failed. */
  ended: Promise<void> | undefined;
}

/**
 * Says which URLs the run asks after its next request; that request opens the connections to their hosts. URLs that an
 * earlier call named, and whose connections are not opened yet, are forgotten.
 */
export function expectRequests(http: HttpClient, urls: readonly string[]): void {
  http.early ??= earlyConnections(http);
  http.early.expect(urls);
}

function earlyConnections(http: HttpClient): EarlyConnections {
  const { system, trace } = http;
  let expected: readonly string[] = [];
  /** By origin; undefined for an origin to which a request opened the connection itself. */
  const openings = new Map<string, Opening | undefined>();

  const open = (origin: string): void => {
    const opening: Opening = { since: system.now(), ended: undefined };
    const end = () => {
      opening.ended = undefined;
    };
    openings.set(origin, opening);
    trace(`connects to ${origin} meanwhile`);
    opening.ended = system
      .openConnection(origin, { ca: http.ca?.pem, signal: system.deadline(openingMilliseconds) })
      .then(end, end);
  };

  return {
    expect: (urls) => {
      expected = urls;
    },
    openBeside: (asked) => {
      if (!openings.has(asked)) openings.set(asked, undefined);
      for (const address of expected) {
        const url = new URL(address);
        if (!openings.has(url.origin) && isWorthOpening(url, http)) open(url.origin);
      }
      expected = [];
    },
    ready: async (origin) => {
      const opening = openings.get(origin);
      if (opening?.ended === undefined) return;
      await Promise.race([opening.ended, system.sleep((system.now() - opening.since) / 2)]);
    },
  };
}

/**
 * Only a TLS handshake is worth it. Through a proxy, a wrong password would be sent once more than the person asked for,
 * and accounts are locked by that.
 */
function isWorthOpening(url: URL, { proxies }: Pick<HttpClient, "proxies">): boolean {
  return url.protocol === "https:" && proxyFor(url, proxies) === undefined;
}
