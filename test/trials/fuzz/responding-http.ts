/** An HTTP client that gets one response, whatever it asks. */

import type { HttpClient } from "../../../src/aws/http/http-client.ts";
import { proxyRules } from "../../../src/aws/http/proxy.ts";
import { retryBucket } from "../../../src/aws/http/retry.ts";
import { printable } from "../../../src/lib/printable.ts";
import { wrongLines } from "./judge.ts";

export interface FixedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const noon = Date.UTC(2030, 0, 31, 12);

/** Asks once. `check` throws an Error when a line of `--verbose` held a secret. */
export function respondingClient(response: FixedResponse | ((url: string) => FixedResponse)): {
  readonly http: HttpClient;
  check(): void;
} {
  const lines: string[] = [];
  const http: HttpClient = {
    system: {
      fetch: async (url) => {
        const { status, headers, body } = typeof response === "function" ? response(url) : response;
        return new Response(body, { status, headers });
      },
      openConnection: async () => {},
      connect: () => new Promise(() => {}),
      deadline: () => new AbortController().signal,
      now: () => noon,
      sleep: async () => {},
      random: () => 0.5,
    },
    proxies: proxyRules({}),
    ca: undefined,
    maxAttempts: 1,
    trace: (line) => lines.push(line),
    clockOffset: 0,
    retryTokens: retryBucket,
  };
  const check = () => {
    // Such a line has no label; the judge knows no other difference.
    const wrong = wrongLines(lines.map((line) => printable(`aws-login: note: ${line}`)).slice(0, 20));
    if (wrong !== undefined) throw new Error(wrong);
  };
  return { http, check };
}
