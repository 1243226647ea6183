/** Renews the credentials of `aws login` at the sign-in service: rest-json, not signed, with a proof of the key. */
import { Failure } from "../../lib/errors.ts";
import { isLifetime } from "../../lib/iso-time.ts";
import { type Fields, objectField, readFields, textField } from "../../lib/json-object.ts";
import { optional } from "../../lib/optional.ts";
import { awsNow } from "../http/http-client.ts";
import type { HttpResponse } from "../http/http-message.ts";
import { readJsonError } from "../http/json-error.ts";
import { type Caller, callRestJson } from "../http/rest-json.ts";
import { incompleteResponse } from "../http/unexpected-response.ts";
import { type DpopProof, dpopProof } from "./dpop.ts";

const action = "CreateOAuth2Token";
const path = "/v1/token";

/** What a sign-in left behind for its renewal. All but the client id is secret. */
export interface LoginGrant {
  readonly clientId: string;
  readonly refreshToken: string;
  /** PEM of the key that the refresh token is bound to. */
  readonly dpopKey: string;
  /** How messages name the key: the file that holds it. */
  readonly source: string;
}

export interface RenewedLogin {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Seconds from now. */
  readonly expiresIn: number;
  /** Absent when the one in use stays valid. */
  readonly refreshToken?: string;
}

/**
 * CreateOAuth2Token with a refresh token. Throws a Failure whose `serviceError` has the service's `error` as its code.
 * Every attempt has a proof of its own, with an id from `newId`.
 */
export async function renewLogin(
  caller: Caller,
  { clientId, refreshToken, dpopKey, source }: LoginGrant,
  newId: () => string,
): Promise<RenewedLogin> {
  // The form that a server compares: without the port that is the scheme's own.
  const url = new URL(caller.endpoint.url + path).href;
  const proof = (): DpopProof => ({ url, issuedAt: Math.floor(awsNow(caller.http) / 1000), id: newId() });
  const response = await callRestJson(caller, {
    action,
    method: "POST",
    path,
    headersOfAttempt: async () => ({ dpop: await dpopProof(proof(), dpopKey, source) }),
    body: { clientId, grantType: "refresh_token", refreshToken },
    secrets: [refreshToken],
    readError,
  });
  return renewedLogin(response);
}

function renewedLogin(response: Fields): RenewedLogin {
  const keys = objectField(response, "accessToken") ?? {};
  const accessKeyId = textField(keys, "accessKeyId");
  const secretAccessKey = textField(keys, "secretAccessKey");
  const sessionToken = textField(keys, "sessionToken");
  const { expiresIn } = response;
  if (!accessKeyId || !secretAccessKey || !sessionToken || !isLifetime(expiresIn)) {
    throw incompleteResponse(action, "a usable accessKeyId, secretAccessKey, sessionToken or expiresIn");
  }
  const rotated = optional("refreshToken", textField(response, "refreshToken"));
  return { accessKeyId, secretAccessKey, sessionToken, expiresIn, ...rotated };
}

/** One exception of this service stands for several refusals: the `error` of the body tells which it is. */
function readError(operation: string, response: HttpResponse, secrets: readonly string[]): Failure {
  const failure = readJsonError(operation, response, secrets);
  const { serviceError } = failure;
  const error = readFields(response.body)?.error;
  if (serviceError === undefined || typeof error !== "string" || !/^\w{1,100}$/.test(error)) return failure;
  const { message } = serviceError;
  return new Failure("failed", message === "" ? error : `${error}: ${message}`, {
    serviceError: { ...serviceError, code: error },
  });
}
