/** CreateSession of IAM Roles Anywhere: a role's credentials for a certificate that a trust anchor issued. */
import type { Credentials } from "../../lib/credentials.ts";
import { parseIsoTime } from "../../lib/iso-time.ts";
import { type Fields, isFields, objectField, textField } from "../../lib/json-object.ts";
import { optional } from "../../lib/optional.ts";
import { awsNow } from "../http/http-client.ts";
import { type Caller, callRestJson } from "../http/rest-json.ts";
import { incompleteResponse } from "../http/unexpected-response.ts";
import { uriEncode } from "../sigv4/uri-encode.ts";
import { type X509Signer, x509SignedHeaders } from "./x509-signature.ts";

const action = "CreateSession";

export interface SessionRequest {
  readonly trustAnchorArn: string;
  readonly profileArn: string;
  readonly roleArn: string;
  /** Seconds, 900 to 43200. */
  readonly durationSeconds: number;
  /** Sent only when given: a profile refuses a name unless it is set up to accept one. */
  readonly roleSessionName?: string;
}

export interface RolesAnywhereSession {
  readonly credentials: Credentials;
  /** The ARN of the role session. */
  readonly arn: string | undefined;
}

/**
 * The session. Throws a Failure whose `serviceError` has the service's code. Each attempt is signed anew, with the time of
 * AWS's clock as far as the run knows it.
 */
export async function createSession(
  caller: Caller,
  request: SessionRequest,
  signer: X509Signer,
): Promise<RolesAnywhereSession> {
  const { trustAnchorArn, profileArn, roleArn, durationSeconds } = request;
  const path = `/sessions?${queryOf({ profileArn, roleArn, trustAnchorArn })}`;
  const body = { durationSeconds, ...optional("roleSessionName", request.roleSessionName) };
  const unsigned = {
    method: "POST",
    url: `${caller.endpoint.url}${path}`,
    headers: [["content-type", "application/json"] as const],
    body: JSON.stringify(body),
  };
  const response = await callRestJson(caller, {
    action,
    method: "POST",
    path,
    headersOfAttempt: () =>
      x509SignedHeaders(unsigned, signer, {
        region: caller.endpoint.signingRegion,
        milliseconds: awsNow(caller.http),
      }),
    body,
    secrets: [],
    success: 201,
  });
  return readSession(response);
}

function queryOf(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${uriEncode(value)}`)
    .join("&");
}

function readSession(response: Fields): RolesAnywhereSession {
  const set = Array.isArray(response.credentialSet) ? response.credentialSet[0] : undefined;
  const session = isFields(set) ? set : {};
  const keys = objectField(session, "credentials") ?? {};
  const accessKeyId = textField(keys, "accessKeyId");
  const secretAccessKey = textField(keys, "secretAccessKey");
  const sessionToken = textField(keys, "sessionToken");
  const expiration = parseIsoTime(textField(keys, "expiration") ?? "");
  if (!accessKeyId || !secretAccessKey || !sessionToken || expiration === undefined) {
    throw incompleteResponse(action, "a usable accessKeyId, secretAccessKey, sessionToken or expiration");
  }
  const arn = textField(objectField(session, "assumedRoleUser") ?? {}, "arn");
  const accountId = arn?.split(":")[4];
  return {
    credentials: {
      accessKeyId,
      secretAccessKey,
      sessionToken,
      expiration,
      ...optional("accountId", accountId),
    },
    arn,
  };
}
