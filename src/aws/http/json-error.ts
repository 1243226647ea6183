/** Reads the error of a rest-json service, and tells it from what something else says in its place. */
import { Failure } from "../../lib/errors.ts";
import { type Fields, readFields } from "../../lib/json-object.ts";
import { optional } from "../../lib/optional.ts";
import type { HttpResponse } from "./http-message.ts";
import { quotable } from "./quotable.ts";
import { unexpectedResponse, withoutCode } from "./unexpected-response.ts";

const longestMessage = 300;

/**
 * The Failure for a response whose status is not 200. Its message is `Code: the service's message`. Its `serviceError`
 * is always set, with the code `HTTP status` where something else than the service wrote the body, so that
 * callers can go by the status alone. `secrets` are taken out of the message wherever they stand.
 */
export function readJsonError(action: string, response: HttpResponse, secrets: readonly string[]): Failure {
  const { status, headers } = response;
  const body = readFields(response.body);
  const code = errorCode(headers.get("x-amzn-errortype") ?? undefined, body);
  const requestId = optional("requestId", headers.get("x-amzn-requestid") || undefined);
  if (code === undefined) {
    return unexpectedResponse(action, response, "names no error of AWS's", {
      serviceError: { ...withoutCode(status), ...requestId },
    });
  }
  const said = body?.message ?? body?.Message ?? body?.error_description;
  const message = quotable(typeof said === "string" ? said : "", secrets, longestMessage);
  return new Failure("failed", message === "" ? code : `${code}: ${message}`, {
    serviceError: { code, message, status, ...requestId },
  });
}

/**
 * The code of an error in the order of the rest-json protocol: the header, then `code`, `Code` and `__type` of the
 * body; last the `error` of OAuth. Text after a colon, and text before a number sign, is not part of it.
 */
export function errorCode(header: string | undefined, body: Fields | undefined): string | undefined {
  for (const found of [header, body?.code, body?.Code, body?.__type, body?.error]) {
    if (typeof found !== "string") continue;
    const code = (found.split(":", 1)[0] ?? "").replace(/^.*#/, "").trim();
    if (/^[A-Za-z0-9_.-]{1,100}$/.test(code)) return code;
  }
  return undefined;
}
