/** Renewing the credentials of `aws login` at the sign-in service: rest-json, not signed, with a proof of the key. */
import { Failure } from "../../lib/errors.ts";
import { isLifetime } from "../../lib/iso-time.ts";
import { objectField, readFields, textField } from "../../lib/json-object.ts";
import type { Endpoint } from "../endpoints/resolve-endpoint.ts";
import { awsNow, type HttpClient } from "../http/http-client.ts";
import { readJsonError } from "../http/json-error.ts";
import { callRestJson, incomplete } from "../http/rest-json.ts";
import type { HttpResponse } from "../http/send-request.ts";
import { type DpopProof, dpopProof } from "./dpop.ts";

const action = "CreateOAuth2Token";

/** What a sign-in left behind for its renewal. All but the client id is secret. */
export interface LoginGrant {
  readonly clientId: string;
  readonly refreshToken: string;
  /** PEM of the key that the refresh token is bound to. */
  readonly dpopKey: string;
  /** How to name the key in messages: the file it stands in. */
  readonly source: string;
}

export interface RenewedLogin {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Seconds from now. */
  readonly expiresIn: number;
  /** Absent when the one in use stays good. */
  readonly refreshToken?: string;
}

/**
 * CreateOAuth2Token with a refresh token. Throws a Failure whose `serviceError` has the service's `error` as its code. Every
 * attempt has a proof of its own, with an id from `newId`.
 */
export async function renewLogin(
  http: HttpClient,
  endpoint: Endpoint,
  grant: LoginGrant,
  newId: () => string,
): Promise<RenewedLogin> {
  const { clientId, refreshToken, dpopKey } = grant;
  const path = "/v1/token";
  const answer = await callRestJson(
    { http, endpoint },
    {
      action,
      method: "POST",
      path,
      headersOfAttempt: async () => {
        const proof: DpopProof = {
          // The form that a server compares: without the port that the scheme has anyway.
          url: new URL(endpoint.url + path).href,
          issuedAt: Math.floor(awsNow(http) / 1000),
          id: newId(),
        };
        return { dpop: await dpopProof(proof, dpopKey, grant.source) };
      },
      body: { clientId, grantType: "refresh_token", refreshToken },
      secrets: [refreshToken],
      readError,
    },
  );
  const keys = objectField(answer, "accessToken") ?? {};
  const accessKeyId = textField(keys, "accessKeyId");
  const secretAccessKey = textField(keys, "secretAccessKey");
  const sessionToken = textField(keys, "sessionToken");
  const { expiresIn } = answer;
  if (!accessKeyId || !secretAccessKey || !sessionToken || !isLifetime(expiresIn)) {
    throw incomplete(action, "a usable accessKeyId, secretAccessKey, sessionToken or expiresIn");
  }
  const rotated = textField(answer, "refreshToken");
  return {
    ...{ accessKeyId, secretAccessKey, sessionToken, expiresIn },
    ...(rotated === undefined ? {} : { refreshToken: rotated }),
  };
}

/** One exception stands for several refusals here: the `error` of the body tells which it is. */
function readError(action: string, answer: HttpResponse, secrets: readonly string[]): Failure {
  const failure = readJsonError(action, answer, secrets);
  const error = readFields(answer.body)?.error;
  if (failure.serviceError === undefined || typeof error !== "string" || !/^\w{1,100}$/.test(error))
    return failure;
  const { message } = failure.serviceError;
  return new Failure("failed", message === "" ? error : `${error}: ${message}`, {
    serviceError: { ...failure.serviceError, code: error },
  });
}
