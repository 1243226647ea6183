/** Reads the error of STS, and tells it from what something else says in its place. */
import { Failure } from "../../lib/errors.ts";
import { optional } from "../../lib/optional.ts";
import type { HttpResponse } from "../http/http-message.ts";
import { quotable } from "../http/quotable.ts";
import { unexpectedResponse } from "../http/unexpected-response.ts";
import { child, parseXml, textOf, type XmlElement } from "./xml.ts";

/** A refusal may name a caller, a role and a policy, each of them by a long ARN. */
const longestMessage = 2000;

/**
 * The Failure for a response whose status is not 200. Its message is `Code: AWS's message`, its `serviceError` is set
 * when the body really was an error document of STS. `secrets` are taken out of the message wherever they stand.
 */
export function readStsError(action: string, response: HttpResponse, secrets: readonly string[]): Failure {
  let document: XmlElement;
  try {
    document = parseXml(response.body);
  } catch (error) {
    return notFromSts(action, response, error);
  }
  const error = document.name === "ErrorResponse" ? child(document, "Error") : undefined;
  const code = error && textOf(error, "Code")?.trim();
  if (error === undefined || !code) return notFromSts(action, response, undefined);
  const message = quotable(withoutRecital(textOf(error, "Message") ?? ""), secrets, longestMessage);
  const requestId = textOf(document, "RequestId")?.trim() || response.headers.get("x-amzn-requestid");
  return new Failure("failed", message === "" ? code : `${code}: ${message}`, {
    serviceError: {
      code,
      message,
      status: response.status,
      ...optional("requestId", requestId || undefined),
    },
  });
}

/** The Failure for a response that STS did not write, or did not finish. `cause` is what the XML reader threw. */
export function notFromSts(action: string, response: HttpResponse, cause: unknown): Failure {
  const why = cause instanceof Failure ? `: ${cause.message}` : "";
  return unexpectedResponse(action, response, `is not one of STS${why}`, { cause });
}

/** The message up to where it begins to recite the canonical string, which holds the session token. */
function withoutRecital(message: string): string {
  const recital = message.search(/The Canonical String for this request|The String-to-Sign/);
  return recital < 0 ? message : message.slice(0, recital);
}
