/** Failures for a response that the service did not write, did not finish, or that lacks what the operation returns. */
import { Failure, type FailureDetails, type ServiceError } from "../../lib/errors.ts";
import type { HttpResponse } from "./http-message.ts";

/** The hint for a response that AWS cannot have written. */
export const unexpectedResponseHint =
  "something between here and AWS may have responded: a captive portal, a proxy, or a wrong endpoint URL";

/**
 * `why` continues "the response to ACTION (status 200, text/html, 12 characters)". Nothing of the body is repeated: it
 * may hold credentials, or whatever a captive portal says.
 */
export function unexpectedResponse(
  action: string,
  response: HttpResponse,
  why: string,
  details: Pick<FailureDetails, "cause" | "serviceError"> = {},
): Failure {
  const { status } = response;
  return new Failure(
    "failed",
    `the response to ${action} (status ${status}, ${responseShape(response)}) ${why}`,
    { ...details, hints: [unexpectedResponseHint] },
  );
}

/**
 * The Failure for a response of status 200 that lacks a member, or has an unusable one; `wanted` names them. It has
 * the status, because the same response would come again.
 */
export function incompleteResponse(action: string, wanted: string): Failure {
  return new Failure("failed", `the response to ${action} lacks ${wanted}`, {
    serviceError: withoutCode(200),
  });
}

/** The `serviceError` of a Failure where the service, or something in its place, names no error. */
export function withoutCode(status: number): ServiceError {
  return { code: codeOfStatus(status), message: "", status };
}

/** Whether the service wrote the response, and not something on the way to it. */
export function isServicesOwn({ code, status }: ServiceError): boolean {
  return code !== codeOfStatus(status);
}

/** Has a blank, as no code of a service does. */
function codeOfStatus(status: number): string {
  return `HTTP ${status}`;
}

/**
 * The type and the length of a body. Only the shape of a media type is shown: the header is as little to be trusted
 * as the body.
 */
export function responseShape({ headers, body }: Pick<HttpResponse, "headers" | "body">): string {
  const type = /^[a-z]+\/[a-z0-9.+-]{1,40}/i.exec(headers.get("content-type") ?? "")?.[0];
  return `${type ?? "no content type"}, ${body.length} characters`;
}
