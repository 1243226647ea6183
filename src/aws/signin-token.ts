/** Renewing the credentials of `aws login` at the sign-in service: rest-json, not signed, with a proof of the key. */
import { Failure } from "../errors.ts";
import type { Endpoint } from "./place/endpoints.ts";
import { type DpopProof, dpopProof } from "./signing/dpop.ts";
import { exchange, type HttpAnswer } from "./wire/exchange.ts";
import { jsonObject, readJsonError, unreadableAnswer } from "./wire/json-error.ts";
import { type Attempt, isRetryableAnswer, withRetries } from "./wire/retry.ts";
import { awsNow, type Wire } from "./wire/wire.ts";

const action = "CreateOAuth2Token";
/** A hundred years, in seconds: what is later has no date that others can read. */
const longestLife = 3_155_760_000;

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
 * CreateOAuth2Token with a refresh token. Throws a Failure whose `answer` has the service's `error` as its code. Every
 * attempt has a proof of its own, with an id from `newId`.
 */
export async function renewLogin(
  wire: Wire,
  endpoint: Endpoint,
  grant: LoginGrant,
  newId: () => string,
): Promise<RenewedLogin> {
  const { clientId, refreshToken, dpopKey } = grant;
  const url = `${endpoint.url}/v1/token`;
  const body = JSON.stringify({ clientId, grantType: "refresh_token", refreshToken });
  return withRetries(wire, async (): Promise<Attempt<RenewedLogin>> => {
    const proof: DpopProof = {
      // The form that a server compares: without the port that the scheme has anyway.
      url: new URL(url).href,
      issuedAt: Math.floor(awsNow(wire) / 1000),
      id: newId(),
    };
    const outcome = await exchange(wire, {
      action,
      method: "POST",
      url,
      headers: {
        accept: "application/json",
        "accept-encoding": "identity",
        "content-type": "application/json",
        dpop: await dpopProof(proof, dpopKey, grant.source),
      },
      body,
    });
    if (outcome.kind === "failure") {
      const retry = outcome.retryable ? (outcome.timedOut ? "timeout" : "transient") : "final";
      return { failure: outcome.failure, retry };
    }
    const { answer } = outcome;
    if (answer.status === 200) {
      const renewed = readRenewed(answer);
      return renewed instanceof Failure ? { failure: renewed, retry: "final" } : { done: renewed };
    }
    const failure = readError(answer, [refreshToken]);
    const again = isRetryableAnswer(answer.status, failure.answer?.code);
    return { failure, retry: again ? "transient" : "final" };
  });
}

function readRenewed(answer: HttpAnswer): RenewedLogin | Failure {
  const members = jsonObject(answer.body);
  if (members === undefined) return unreadableAnswer(action, answer);
  const { accessToken, expiresIn, refreshToken } = members;
  const keys: unknown = accessToken;
  const text = (name: string): string | undefined => {
    if (typeof keys !== "object" || keys === null) return undefined;
    const value: unknown = Object.getOwnPropertyDescriptor(keys, name)?.value;
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const [accessKeyId, secretAccessKey, sessionToken] = [
    text("accessKeyId"),
    text("secretAccessKey"),
    text("sessionToken"),
  ];
  const lasts = typeof expiresIn === "number" && expiresIn > 0 && expiresIn <= longestLife;
  if (!accessKeyId || !secretAccessKey || !sessionToken || !lasts) {
    return new Failure(
      "failed",
      `the answer to ${action} lacks a usable accessKeyId, secretAccessKey, sessionToken or expiresIn`,
    );
  }
  const rotated = typeof refreshToken === "string" && refreshToken !== "" ? { refreshToken } : {};
  return { accessKeyId, secretAccessKey, sessionToken, expiresIn, ...rotated };
}

/** One exception stands for several refusals here: the `error` of the body tells which it is. */
function readError(answer: HttpAnswer, secrets: readonly string[]): Failure {
  const failure = readJsonError(action, answer, secrets);
  const error = jsonObject(answer.body)?.error;
  if (failure.answer === undefined || typeof error !== "string" || !/^\w{1,100}$/.test(error)) return failure;
  const { message } = failure.answer;
  return new Failure("failed", message === "" ? error : `${error}: ${message}`, {
    answer: { ...failure.answer, code: error },
  });
}
