/** What every call to AWS shares within one run of the program. */

import type { System } from "../../system/types.ts";
import type { ProxyRules } from "./proxy.ts";

export interface HttpClient {
  readonly system: Pick<System, "fetch" | "connect" | "deadline" | "now" | "sleep" | "random">;
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
}

/** The time AWS would read off its own clock, in milliseconds, as far as this run knows. */
export function awsNow(http: Pick<HttpClient, "system" | "clockOffset">): number {
  return http.system.now() + http.clockOffset;
}
