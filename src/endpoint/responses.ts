/** The responses of the endpoint, in the form of AWS's container agents. Pure. */
import type { Failure } from "../lib/errors.ts";
import { formatIsoTime } from "../lib/iso-time.ts";
import { jsonText } from "../lib/json-text.ts";
import type { ServedResponse } from "../system/endpoint-types.ts";
import type { EndpointCredentials } from "./endpoint-credentials.ts";

const headers = { "Content-Type": "application/json", "Cache-Control": "no-store" } as const;

/** SDKs need all of the first four members: without a token or an end some of them fail, others never ask again. */
export function credentialsResponse({ credentials, expires }: EndpointCredentials): ServedResponse {
  const body = jsonText({
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    Token: credentials.sessionToken,
    // By this machine's clock, which the SDKs compare it with.
    Expiration: formatIsoTime(expires),
    AccountId: credentials.accountId,
  });
  return { status: 200, headers, body };
}

/** Says nothing: a program that does not know the secrets learns nothing about what it did wrong. */
export const forbidden: ServedResponse = { status: 403, headers, body: "" };

/**
 * 401 where a person must sign in, for which an SDK gives up at once; 503 for what may pass. Some SDKs read the members
 * in lower case and some in upper case.
 */
export function failureResponse(failure: Failure): ServedResponse {
  const { status, code } = shape(failure);
  return errorResponse(status, code, [failure.message, ...failure.hints].join("; "));
}

function shape({ kind }: Failure): { readonly status: number; readonly code: string } {
  switch (kind) {
    case "sign-in-needed":
    case "no-credentials":
      return { status: 401, code: "ExpiredToken" };
    case "usage":
      return { status: 400, code: "InvalidRequest" };
    default:
      return { status: 503, code: "CredentialsUnavailable" };
  }
}

function errorResponse(status: number, code: string, message: string): ServedResponse {
  return { status, headers, body: jsonText({ code, message, Code: code, Message: message }) };
}
