/** An instance metadata service in a fake system. */
import { proxyRules } from "../../src/aws/http/proxy.ts";
import { fakeHttpClient } from "./fake-http-client.ts";
import { type FakeSystem, fakeSystem, type Reply } from "./fake-system.ts";

export const metadataBase = "http://169.254.169.254";
export const tokenPath = "/latest/api/token";

/** A document with credentials, as it is for a role of the machine. */
export const metadataDocument = {
  Code: "Success",
  LastUpdated: "2030-01-31T12:00:00Z",
  Type: "AWS-HMAC",
  AccessKeyId: "ASIAMADEUP",
  SecretAccessKey: "made/up+secret",
  Token: "made/up+token==",
  Expiration: "2030-01-31T18:00:00Z",
};

/** What is to be read from it. */
export const metadataCredentials = {
  accessKeyId: "ASIAMADEUP",
  secretAccessKey: "made/up+secret",
  sessionToken: "made/up+token==",
  expiration: Date.UTC(2030, 0, 31, 18),
};

/** Path and answer, in order. The token's path is asked by PUT. A number is a status, a text a body with status 200. */
export type MetadataTalk = readonly (readonly [path: string, answer: Reply | "silence" | string | number])[];

/** An HTTP client of it, in a place where a proxy is set as well. */
export function fakeMetadata(talk: MetadataTalk, baseUrl = metadataBase) {
  const system = fakeSystem();
  for (const [path, answer] of talk) {
    system.expect(path === tokenPath ? "PUT" : "GET", `${baseUrl}${path}`, replyOf(answer, system));
  }
  return {
    system,
    http: fakeHttpClient(system, { proxies: proxyRules({ HTTP_PROXY: "http://proxy.example:3128" }) }),
    reach: { baseUrl, timeoutMilliseconds: 1000, attempts: undefined },
  };
}

function replyOf(answer: MetadataTalk[number][1], system: FakeSystem): Reply {
  if (answer === "silence") return system.silence;
  if (typeof answer === "string") return new Response(answer);
  return typeof answer === "number" ? new Response("no", { status: answer }) : answer;
}
