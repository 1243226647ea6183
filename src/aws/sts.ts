/** The operations of the Security Token Service that the program uses, over the "query" protocol: a form in, XML out. */
import type { Credentials } from "../credentials.ts";
import { Failure } from "../errors.ts";
import { learntClockOffset } from "./clock-skew.ts";
import type { Endpoint } from "./endpoints.ts";
import { exchange, type HttpAnswer, type HttpRequest } from "./exchange.ts";
import { parseIsoTime } from "./iso-time.ts";
import { type Attempt, isRetryableAnswer, withRetries } from "./retry.ts";
import { signedHeaders } from "./sigv4.ts";
import { readStsError, unreadableAnswer } from "./sts-error.ts";
import { uriEncode } from "./uri-encode.ts";
import { awsNow, type Wire } from "./wire.ts";
import { child, parseXml, textOf, type XmlElement } from "./xml.ts";

export interface CallerIdentity {
  readonly userId: string;
  readonly account: string;
  readonly arn: string;
}

/** New credentials and the ARN of the session they stand for, where the operation tells it. */
export interface Session {
  readonly credentials: Credentials;
  readonly arn: string | undefined;
}

/** One parameter of the form, list members already spelled out (`Tags.member.1.Key`). */
export type Parameter = readonly [name: string, value: string];

/** Whom STS is asked as, and where. */
export interface StsCaller {
  readonly wire: Wire;
  readonly endpoint: Endpoint;
  readonly credentials: Credentials;
}

/** GetCallerIdentity: works for any valid credentials, whatever they may do. Throws a Failure. */
export async function getCallerIdentity(caller: StsCaller): Promise<CallerIdentity> {
  const result = await call(caller, "GetCallerIdentity", []);
  const [userId, account, arn] = ["UserId", "Account", "Arn"].map((name) => textOf(result, name));
  if (!userId || !account || !arn) throw incomplete("GetCallerIdentity", "UserId, Account and Arn");
  return { userId, account, arn };
}

/**
 * AssumeRole. With `TokenCode` among the parameters an answered attempt is final: the code is spent.
 * Throws a Failure whose `answer` is AWS's error.
 */
export async function assumeRole(caller: StsCaller, parameters: readonly Parameter[]): Promise<Session> {
  const result = await call(caller, "AssumeRole", parameters);
  const user = child(result, "AssumedRoleUser");
  return session("AssumeRole", result, user === undefined ? undefined : textOf(user, "Arn"));
}

/** GetSessionToken, for long-term keys only. Throws a Failure. */
export async function getSessionToken(caller: StsCaller, parameters: readonly Parameter[]): Promise<Session> {
  return session("GetSessionToken", await call(caller, "GetSessionToken", parameters), undefined);
}

/** GetFederationToken, for long-term keys only. Throws a Failure. */
export async function getFederationToken(
  caller: StsCaller,
  parameters: readonly Parameter[],
): Promise<Session> {
  const result = await call(caller, "GetFederationToken", parameters);
  const user = child(result, "FederatedUser");
  return session("GetFederationToken", result, user === undefined ? undefined : textOf(user, "Arn"));
}

function session(action: string, result: XmlElement, arn: string | undefined): Session {
  const keys = child(result, "Credentials");
  const text = (name: string) => (keys === undefined ? undefined : textOf(keys, name)?.trim());
  const [accessKeyId, secretAccessKey, sessionToken, expires] = [
    text("AccessKeyId"),
    text("SecretAccessKey"),
    text("SessionToken"),
    text("Expiration"),
  ];
  const expiration = expires === undefined ? undefined : parseIsoTime(expires);
  if (!accessKeyId || !secretAccessKey || !sessionToken || expiration === undefined) {
    throw incomplete(action, "AccessKeyId, SecretAccessKey, SessionToken and a readable Expiration");
  }
  const accountId = arn?.split(":")[4];
  return {
    credentials: {
      accessKeyId,
      secretAccessKey,
      sessionToken,
      expiration,
      ...(accountId ? { accountId } : {}),
    },
    arn,
  };
}

function incomplete(action: string, wanted: string): Failure {
  return new Failure("failed", `the answer to ${action} lacks one of ${wanted}`);
}

async function call(
  caller: StsCaller,
  action: string,
  parameters: readonly Parameter[],
): Promise<XmlElement> {
  const { wire } = caller;
  const form: readonly Parameter[] = [["Action", action], ["Version", "2011-06-15"], ...parameters];
  const body = form.map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`).join("&");
  const codeIsSpent = parameters.some(([name]) => name === "TokenCode");
  return withRetries(wire, async (): Promise<Attempt<XmlElement>> => {
    const usedOffset = wire.clockOffset;
    const outcome = await exchange(wire, signedRequest(caller, action, body));
    if (outcome.kind === "failure") {
      const retry = outcome.retryable ? (outcome.timedOut ? "timeout" : "transient") : "final";
      return { failure: outcome.failure, retry };
    }
    const { answer } = outcome;
    if (answer.status === 200) return { done: readResult(action, answer) };
    const failure = readStsError(action, answer, caller.credentials);
    const code = failure.answer?.code;
    const offset = learntClockOffset(code ?? "", answer.headers, wire.system.now(), usedOffset);
    if (offset !== undefined) {
      wire.clockOffset = offset;
      wire.trace(`the local clock is ${Math.round(-offset / 1000)} s ahead of AWS: signing with AWS's time`);
      return { failure, retry: codeIsSpent ? "final" : "skew" };
    }
    return { failure, retry: isRetryableAnswer(answer.status, code) && !codeIsSpent ? "transient" : "final" };
  });
}

function signedRequest(caller: StsCaller, action: string, body: string): HttpRequest {
  const { endpoint, credentials, wire } = caller;
  const url = `${endpoint.url}/`;
  const headers = signedHeaders(
    {
      method: "POST",
      url,
      headers: [["content-type", "application/x-www-form-urlencoded; charset=utf-8"]],
      body,
    },
    credentials,
    { region: endpoint.signingRegion, service: "sts", milliseconds: awsNow(wire) },
  );
  // An answer in another coding could grow without bound while it is unpacked.
  return { action, method: "POST", url, headers: { ...headers, "accept-encoding": "identity" }, body };
}

function readResult(action: string, answer: HttpAnswer): XmlElement {
  let document: XmlElement;
  try {
    document = parseXml(answer.body);
  } catch (error) {
    throw unreadableAnswer(action, answer, error);
  }
  const result = document.name === `${action}Response` ? child(document, `${action}Result`) : undefined;
  if (result === undefined) throw unreadableAnswer(action, answer, undefined);
  return result;
}
