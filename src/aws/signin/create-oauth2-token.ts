/** Creates and renews the credentials of `aws login` at the sign-in service: rest-json, not signed, with a proof of the key. */
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

/** What proves that the code was issued for this program. All but the client id and the redirect URI is secret. */
export interface LoginCode {
  readonly clientId: string;
  readonly code: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
  /** PEM of the key that the refresh token will be bound to. */
  readonly dpopKey: string;
}

export interface NewLogin extends RenewedLogin {
  readonly refreshToken: string;
  /** A JWT that names the identity. */
  readonly idToken: string;
  readonly tokenType: string;
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
  const body = { clientId, grantType: "refresh_token", refreshToken };
  return renewedLogin(await call(caller, { body, secrets: [refreshToken], dpopKey, source }, newId));
}

/** CreateOAuth2Token with the code of a new sign-in, which works once. Throws as `renewLogin` does. */
export async function createLogin(
  caller: Caller,
  { clientId, code, codeVerifier, redirectUri, dpopKey }: LoginCode,
  newId: () => string,
): Promise<NewLogin> {
  const body = { clientId, grantType: "authorization_code", code, codeVerifier, redirectUri };
  const request = { body, secrets: [code, codeVerifier], dpopKey, source: "this sign-in" };
  const response = await call(caller, request, newId);
  const refreshToken = textField(response, "refreshToken");
  const idToken = textField(response, "idToken");
  if (!refreshToken || !idToken) throw incompleteResponse(action, "a usable refreshToken or idToken");
  const tokenType = textField(response, "tokenType") ?? "aws_sigv4";
  return { ...renewedLogin(response), refreshToken, idToken, tokenType };
}

interface TokenRequest {
  readonly body: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly dpopKey: string;
  readonly source: string;
}

function call(
  caller: Caller,
  { body, secrets, dpopKey, source }: TokenRequest,
  newId: () => string,
): Promise<Fields> {
  // The form that a server compares: without the port that is the scheme's own.
  const url = new URL(caller.endpoint.url + path).href;
  const proof = (): DpopProof => ({ url, issuedAt: Math.floor(awsNow(caller.http) / 1000), id: newId() });
  return callRestJson(caller, {
    action,
    method: "POST",
    path,
    headersOfAttempt: async () => ({ dpop: await dpopProof(proof(), dpopKey, source) }),
    ...{ body, secrets, readError },
  });
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
