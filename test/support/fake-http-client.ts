import type { HttpClient } from "../../src/aws/http/http-client.ts";
import { proxyRules } from "../../src/aws/http/proxy.ts";
import { retryBucket } from "../../src/aws/http/retry.ts";
import type { FakeSystem } from "./fake-system.ts";

/** An HTTP client over the fake system, without proxies and certificates of one's own; `traced` has its lines. */
export function fakeHttpClient(
  system: FakeSystem,
  settings: Partial<HttpClient> = {},
): HttpClient & { traced: string[] } {
  const traced: string[] = [];
  return {
    system,
    proxies: proxyRules({}),
    ca: undefined,
    maxAttempts: 3,
    trace: (line) => traced.push(line),
    clockOffset: 0,
    retryTokens: retryBucket,
    ...settings,
    traced,
  };
}
