/** Reading what a rest-json service says when it refuses, and telling it from what something else says in its place. */
import { Failure, type ServiceError } from "../../lib/errors.ts";
import { type Fields, readFields } from "../../lib/json-object.ts";
import { quotable, responseShape, unexpectedResponseHint } from "./response-text.ts";
import type { HttpResponse } from "./send-request.ts";

const longestMessage = 300;

/**
 * The Failure for an answer whose status is not 200. Its message is `Code: the service's message`. Its `serviceError` is
 * always set, with the code `HTTP status` where the body was written by something else than the service, so that
 * callers can go by the status alone. `secrets` are taken out of the message wherever they stand.
 */
export function readJsonError(action: string, answer: HttpResponse, secrets: readonly string[]): Failure {
  const body = readFields(answer.body);
  const code = errorCode(answer.headers.get("x-amzn-errortype") ?? undefined, body);
  const requestId = answer.headers.get("x-amzn-requestid") ?? undefined;
  if (code === undefined) return unreadable(action, answer, requestId);
  const said = body?.message ?? body?.Message ?? body?.error_description;
  const message = quotable(typeof said === "string" ? said : "", secrets, longestMessage);
  return new Failure("failed", message === "" ? code : `${code}: ${message}`, {
    serviceError: { code, message, status: answer.status, ...(requestId ? { requestId } : {}) },
  });
}

/** The Failure for an answer of status 200 that is not the service's. Nothing of the body is repeated. */
export function unreadableResponse(action: string, answer: HttpResponse): Failure {
  return new Failure(
    "failed",
    `the answer to ${action} (status ${answer.status}, ${responseShape(answer)}) is no JSON object`,
    {
      hints: [unexpectedResponseHint],
    },
  );
}

/** The `serviceError` of a Failure where the service, or something in its place, names no error. */
export function wordless(status: number): ServiceError {
  return { code: codeOfStatus(status), message: "", status };
}

/**
 * The code of an error in the order of the rest-json protocol: the header, then `code`, `Code` and `__type` of the
 * body; last the `error` of OAuth. What follows a colon, and what stands before a number sign, is not part of it.
 */
export function errorCode(header: string | undefined, body: Fields | undefined): string | undefined {
  for (const found of [header, body?.code, body?.Code, body?.__type, body?.error]) {
    if (typeof found !== "string") continue;
    const code = (found.split(":", 1)[0] ?? "").replace(/^.*#/, "").trim();
    if (/^[A-Za-z0-9_.-]{1,100}$/.test(code)) return code;
  }
  return undefined;
}

function unreadable(action: string, answer: HttpResponse, requestId: string | undefined): Failure {
  return new Failure(
    "failed",
    `the answer to ${action} (status ${answer.status}, ${responseShape(answer)}) names no error of AWS's`,
    {
      serviceError: { ...wordless(answer.status), ...(requestId ? { requestId } : {}) },
      hints: [unexpectedResponseHint],
    },
  );
}

/** Whether the service wrote the answer, and not something on the way to it. */
export function isServicesOwn({ code, status }: ServiceError): boolean {
  return code !== codeOfStatus(status);
}

/** Has a blank, as no code of a service does. */
function codeOfStatus(status: number): string {
  return `HTTP ${status}`;
}
