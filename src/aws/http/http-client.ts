/** What every call to AWS shares within one run of the program. */

import type { System } from "../../system/types.ts";
import type { ProxyRules } from "./proxy.ts";

export interface HttpClient {
  readonly system: Pick<
    System,
    "fetch" | "openConnection" | "connect" | "deadline" | "now" | "sleep" | "random"
  >;
  readonly proxies: ProxyRules;
  /** PEM roots that replace the default ones, and the setting that named their file. */
  readonly ca: { readonly pem: string; readonly source: string } | undefined;
  /** Total attempts of one call, the first included; at least 1. */
  readonly maxAttempts: number;
  /** Receives one line for each request and decision; never a secret. */
  readonly trace: (line: string) => void;
  /** Milliseconds to add to the local clock, learnt from a server that found the time of a request wrong. */
  clockOffset: number;
  /** What is left for retries: the standard mode's bucket of 500. */
  retryTokens: number;
  /** Connections to hosts that the run asks later; absent where none is expected. */
  early?: EarlyConnections;
}

/** Implemented by `early-connections.ts`, which a run loads only when it asks more than one host. Origins are `https://host`. */
export interface EarlyConnections {
  /** The URLs that the run asks after its next request. */
  expect(urls: readonly string[]): void;
  /** To be called when a request to the origin `asked` is under way: opens the connections that are expected. */
  openBeside(asked: string): void;
  /**
   * Resolves when a connection to the origin is open or has failed, at once when none is being opened. It waits at most
   * half as long again as the opening has taken already: a new connection takes two round trips, which may be less.
   */
  ready(origin: string): Promise<void>;
}

/** The time AWS would read off its own clock, in milliseconds, as far as this run knows. */
export function awsNow(http: Pick<HttpClient, "system" | "clockOffset">): number {
  return http.system.now() + http.clockOffset;
}
