/** One call of the Security Token Service, over the "query" protocol: a form in, XML out. */
import type { Credentials } from "../../lib/credentials.ts";
import type { ServiceError } from "../../lib/errors.ts";
import type { Endpoint } from "../endpoints/resolve-endpoint.ts";
import { followServerClock } from "../http/clock-skew.ts";
import { awsNow, type HttpClient } from "../http/http-client.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import { type Attempt, sendWithRetries } from "../http/retry.ts";
import { isRetryableResponse } from "../http/retryable-response.ts";
import { signedHeaders } from "../sigv4/sigv4.ts";
import { uriEncode } from "../sigv4/uri-encode.ts";
import { child, parseXml, type XmlElement } from "./xml.ts";

/** One parameter of the form, list members already spelled out (`Tags.member.1.Key`). */
export type Parameter = readonly [name: string, value: string];

/** The endpoint, and the principal that signs; without credentials the request bears no signature. */
export interface StsCaller {
  readonly http: HttpClient;
  readonly endpoint: Endpoint;
  readonly credentials?: Credentials;
}

/**
 * The result element of the operation. Throws a Failure, whose `serviceError` is STS's error if STS refused. With
 * `TokenCode` among the parameters a response is final, because the code is spent. Only a signature that STS refused
 * for its time is made again: STS checks it first.
 */
export function callSts(
  caller: StsCaller,
  action: string,
  parameters: readonly Parameter[],
): Promise<XmlElement> {
  const { http } = caller;
  let body = `Action=${action}&Version=2011-06-15`;
  let codeIsSpent = false;
  for (const [name, value] of parameters) {
    body += `&${uriEncode(name)}=${uriEncode(value)}`;
    codeIsSpent ||= name === "TokenCode";
  }
  return sendWithRetries(http, {
    request: () => stsRequest(caller, action, body),
    mayRepeat: ({ responseBegan }) => !(codeIsSpent && responseBegan),
    read: async (response, usedOffset): Promise<Attempt<XmlElement>> => {
      const { status, headers } = response;
      if (status === 200) {
        // An unsigned request is not refused for its time, but the credentials in the response end by AWS's clock.
        if (caller.credentials === undefined) followServerClock(http, headers, usedOffset);
        return { done: await readResult(action, response) };
      }
      const { readStsError } = await import("./sts-error.ts");
      const failure = readStsError(action, response, secretsOf(caller, parameters));
      const code = failure.serviceError?.code;
      if (followServerClock(http, headers, usedOffset, code ?? "")) return { failure, retry: "skew" };
      const isTransient = isRetryableResponse(status, code) || isProviderTrouble(failure.serviceError);
      return { failure, retry: isTransient && !codeIsSpent ? "transient" : "final" };
    },
  });
}

/**
 * Whether STS could not reach the issuer of a web identity. It has a code of its own for that, which all SDKs retry,
 * and often sends `InvalidIdentityToken` instead, which the SDKs for Go and PHP retry. The latter code also stands for
 * tokens that stay invalid ("Incorrect token audience"), and only STS's message tells them apart.
 */
function isProviderTrouble(error: ServiceError | undefined): boolean {
  if (error?.code === "IDPCommunicationError") return true;
  return error?.code === "InvalidIdentityToken" && /retrieve verification key/i.test(error.message);
}

function stsRequest(caller: StsCaller, action: string, body: string): HttpRequest {
  const { endpoint, credentials, http } = caller;
  const url = `${endpoint.url}/`;
  const plain = [["content-type", "application/x-www-form-urlencoded; charset=utf-8"]] as const;
  const headers =
    credentials === undefined
      ? Object.fromEntries(plain)
      : signedHeaders({ method: "POST", url, headers: plain, body }, credentials, {
          region: endpoint.signingRegion,
          service: "sts",
          milliseconds: awsNow(http),
        });
  // A compressed response could grow without bound while it is unpacked.
  return { action, method: "POST", url, headers: { ...headers, "accept-encoding": "identity" }, body };
}

function secretsOf({ credentials }: StsCaller, parameters: readonly Parameter[]): string[] {
  const token = parameters.find(([name]) => name === "WebIdentityToken")?.[1];
  return [credentials?.secretAccessKey, credentials?.sessionToken, token].filter(
    (secret) => secret !== undefined,
  );
}

async function readResult(action: string, response: HttpResponse): Promise<XmlElement> {
  let cause: unknown;
  try {
    const document = parseXml(response.body);
    const result = document.name === `${action}Response` ? child(document, `${action}Result`) : undefined;
    if (result !== undefined) return result;
  } catch (error) {
    cause = error;
  }
  throw (await import("./sts-error.ts")).notFromSts(action, response, cause);
}
