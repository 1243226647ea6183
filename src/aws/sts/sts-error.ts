/** Reading what STS says when it refuses, and telling it from what something else says in its place. */
import { Failure } from "../../lib/errors.ts";
import { quotable, responseShape, unexpectedResponseHint } from "../http/response-text.ts";
import type { HttpResponse } from "../http/send-request.ts";
import { child, parseXml, textOf } from "./xml.ts";

/** A refusal may name a caller, a role and a policy, each of them by a long ARN. */
const longestMessage = 2000;

/**
 * The Failure for an answer whose status is not 200. Its message is `Code: AWS's message`, its `serviceError` is set
 * when the body really was an error document of STS. `secrets` are taken out of the message wherever they stand.
 */
export function readStsError(action: string, answer: HttpResponse, secrets: readonly string[]): Failure {
  let code: string | undefined;
  let message: string | undefined;
  let requestId: string | undefined;
  try {
    const document = parseXml(answer.body);
    const error = document.name === "ErrorResponse" ? child(document, "Error") : undefined;
    code = error === undefined ? undefined : textOf(error, "Code")?.trim();
    message = error === undefined ? undefined : textOf(error, "Message");
    requestId = textOf(document, "RequestId")?.trim();
  } catch (error) {
    return unreadableResponse(action, answer, error);
  }
  if (!code) return unreadableResponse(action, answer, undefined);
  const told = quotable(withoutRecital(message ?? ""), secrets, longestMessage);
  requestId ||= answer.headers.get("x-amzn-requestid") ?? undefined;
  return new Failure("failed", told === "" ? code : `${code}: ${told}`, {
    serviceError: { code, message: told, status: answer.status, ...(requestId ? { requestId } : {}) },
  });
}

/**
 * The Failure for an answer that STS did not write, or did not finish. Nothing of the body is repeated: it may
 * hold credentials, or whatever a captive portal likes to say.
 */
export function unreadableResponse(action: string, answer: HttpResponse, cause: unknown): Failure {
  const why = cause instanceof Failure ? `: ${cause.message}` : "";
  return new Failure(
    "failed",
    `the answer to ${action} (status ${answer.status}, ${responseShape(answer)}) is not one of STS${why}`,
    { cause, hints: [unexpectedResponseHint] },
  );
}

/** The message up to where it begins to recite the canonical string, which holds the session token. */
function withoutRecital(message: string): string {
  const recital = message.search(/The Canonical String for this request|The String-to-Sign/);
  return recital < 0 ? message : message.slice(0, recital);
}
