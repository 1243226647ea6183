/** One call of the Security Token Service, over the "query" protocol: a form in, XML out. */
import type { Credentials } from "../../lib/credentials.ts";
import type { Endpoint } from "../endpoints/resolve-endpoint.ts";
import { followServerClock } from "../http/clock-skew.ts";
import { awsNow, type HttpClient } from "../http/http-client.ts";
import { type Attempt, isRetryableResponse, unanswered, withRetries } from "../http/retry.ts";
import { type HttpRequest, type HttpResponse, sendRequest } from "../http/send-request.ts";
import { signedHeaders } from "../sigv4/sigv4.ts";
import { uriEncode } from "../sigv4/uri-encode.ts";
import { child, parseXml, type XmlElement } from "./xml.ts";

/** One parameter of the form, list members already spelled out (`Tags.member.1.Key`). */
export type Parameter = readonly [name: string, value: string];

/** Where STS is asked, and as whom; without credentials the request bears no signature. */
export interface StsAsker {
  readonly http: HttpClient;
  readonly endpoint: Endpoint;
  readonly credentials?: Credentials;
}

/** STS could not reach the issuer of a web identity: the only retryable code of its own. */
const providerTrouble = "IDPCommunicationError";

/**
 * The result element of the operation. Throws a Failure, whose `serviceError` is AWS's error if AWS answered. With
 * `TokenCode` among the parameters an answered attempt is final: the code is spent. Only a signature that was refused
 * for its time is made again: it is checked first.
 */
export async function callSts(
  caller: StsAsker,
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
  return withRetries(http, async (): Promise<Attempt<XmlElement>> => {
    const usedOffset = http.clockOffset;
    const outcome = await sendRequest(http, stsRequest(caller, action, body));
    if (outcome.kind === "failure") {
      return unanswered(outcome, !(codeIsSpent && outcome.answered));
    }
    const { answer } = outcome;
    if (answer.status === 200) {
      // Nothing unsigned is refused for its time, but what it brings ends by AWS's clock.
      if (caller.credentials === undefined) followServerClock(http, answer.headers, usedOffset);
      return { done: await readResult(action, answer) };
    }
    const { readStsError } = await import("./sts-error.ts");
    const failure = readStsError(action, answer, secretsOf(caller, parameters));
    const code = failure.serviceError?.code;
    if (followServerClock(http, answer.headers, usedOffset, code ?? "")) return { failure, retry: "skew" };
    const again = isRetryableResponse(answer.status, code) || code === providerTrouble;
    return { failure, retry: again && !codeIsSpent ? "transient" : "final" };
  });
}

function stsRequest(caller: StsAsker, action: string, body: string): HttpRequest {
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
  // An answer in another coding could grow without bound while it is unpacked.
  return { action, method: "POST", url, headers: { ...headers, "accept-encoding": "identity" }, body };
}

function secretsOf({ credentials }: StsAsker, parameters: readonly Parameter[]): string[] {
  const token = parameters.find(([name]) => name === "WebIdentityToken")?.[1];
  return [credentials?.secretAccessKey, credentials?.sessionToken, token].filter(
    (secret) => secret !== undefined,
  );
}

async function readResult(action: string, answer: HttpResponse): Promise<XmlElement> {
  let cause: unknown;
  try {
    const document = parseXml(answer.body);
    const result = document.name === `${action}Response` ? child(document, `${action}Result`) : undefined;
    if (result !== undefined) return result;
  } catch (error) {
    cause = error;
  }
  throw (await import("./sts-error.ts")).unreadableResponse(action, answer, cause);
}
