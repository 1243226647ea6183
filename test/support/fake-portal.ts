/** Answers of the portal and of the OIDC service, and who asks them in tests. */
import type { Caller } from "../../src/aws/http/rest-json.ts";
import { fakeHttpClient } from "./fake-http-client.ts";
import type { FakeSystem, SeenRequest } from "./fake-system.ts";

export const portalUrl = "https://portal.example";
export const oidcUrl = "https://oidc.example";

export function caller(system: FakeSystem, url: string): Caller {
  return {
    http: fakeHttpClient(system),
    endpoint: { url, host: new URL(url).host, signingRegion: "eu-west-1" },
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

/** An error of the OIDC service. */
export function refuses(error: string, status = 400): Response {
  return json(status, { error, error_description: "made up" });
}

/** What the last request's body says. */
export function sentBody(request: SeenRequest | undefined): unknown {
  return JSON.parse(request?.body ?? "null");
}
