/**
 * The endpoint in the form of EC2's instance metadata, version 2 only: for containers, whose SDKs accept a name for it. A
 * program that reaches it needs no secret.
 */
import { Failure } from "../lib/errors.ts";
import { formatIsoTime } from "../lib/iso-time.ts";
import { jsonText } from "../lib/json-text.ts";
import type { ServedRequest, ServedResponse } from "../system/endpoint-types.ts";
import { isFromBrowserOrProxy } from "./authorization.ts";
import { issueToken, isValidToken, tokenLife } from "./metadata-token.ts";
import { forbidden } from "./responses.ts";
import type { ServedCredentials } from "./served-credentials.ts";

export interface Metadata {
  readonly served: ServedCredentials;
  /** Absent where none is known: a program then finds none here. */
  readonly region: string | undefined;
  /** 256 bits, for the tokens. */
  readonly key: Uint8Array;
  readonly now: () => number;
}

/** SDKs ask for the name, and then for the credentials of that name. */
const roleName = "aws-login";

const ttlHeader = "X-aws-ec2-metadata-token-ttl-seconds";
const credentialsPath = "/latest/meta-data/iam/security-credentials/";

export function isMetadataPath(target: string): boolean {
  return target.startsWith("/latest/");
}

export async function respondAsMetadata(request: ServedRequest, metadata: Metadata): Promise<ServedResponse> {
  if (isFromBrowserOrProxy(request)) return forbidden;
  if (request.method === "PUT" && request.target === "/latest/api/token")
    return tokenResponse(request, metadata);
  if (request.method !== "GET") return forbidden;
  const token = request.header("x-aws-ec2-metadata-token") ?? "";
  // As EC2 answers where version 1 is switched off, too.
  if (!isValidToken(token, metadata.key, metadata.now())) return text(401, "");
  return (await documentAt(request.target, metadata)) ?? text(404, "");
}

function tokenResponse(request: ServedRequest, { key, now }: Metadata): ServedResponse {
  const life = tokenLife(request.header(ttlHeader.toLowerCase()));
  if (life === undefined) return text(400, "");
  const { status, headers, body } = text(200, issueToken(key, now() + life * 1000));
  return { status, headers: { ...headers, [ttlHeader]: `${life}` }, body };
}

async function documentAt(target: string, metadata: Metadata): Promise<ServedResponse | undefined> {
  const { region } = metadata;
  switch (target) {
    case credentialsPath:
    case credentialsPath.slice(0, -1):
      return text(200, roleName);
    case credentialsPath + roleName:
      return credentialsDocument(metadata);
    case "/latest/meta-data/instance-id":
    case "/latest/meta-data/instance-id/":
      return text(200, "i-00000000000000000");
    // The SDK for .NET asks whether there is a role.
    case "/latest/meta-data/iam/info":
    case "/latest/meta-data/iam/info/":
      return text(200, jsonText({ Code: "Success", LastUpdated: formatIsoTime(metadata.now()) }));
  }
  if (region === undefined) return undefined;
  switch (target) {
    case "/latest/meta-data/placement/region":
      return text(200, region);
    // Old SDKs cut the letter off.
    case "/latest/meta-data/placement/availability-zone":
    case "/latest/meta-data/placement/availability-zone/":
      return text(200, `${region}a`);
    case "/latest/dynamic/instance-identity/document":
      return text(200, jsonText({ region }));
  }
  return undefined;
}

/** A role that has no credentials is answered with status 200 too, with another code, which SDKs show. */
async function credentialsDocument({ served, now }: Metadata): Promise<ServedResponse> {
  const found = await served.current();
  const LastUpdated = formatIsoTime(now());
  if (found instanceof Failure) {
    const Message = [found.message, ...found.hints].join("; ");
    return text(200, jsonText({ Code: "CredentialsUnavailable", Message, LastUpdated }));
  }
  const { credentials, acquired, expires } = found;
  return text(
    200,
    jsonText({
      Code: "Success",
      Type: "AWS-HMAC",
      LastUpdated: formatIsoTime(acquired),
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      Token: credentials.sessionToken,
      Expiration: formatIsoTime(expires),
      AccountId: credentials.accountId,
    }),
  );
}

function text(status: number, body: string): ServedResponse {
  return { status, headers: { "Content-Type": "text/plain", "Cache-Control": "no-store" }, body };
}
