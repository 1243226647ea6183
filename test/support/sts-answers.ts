/** Where STS answers, and what, as it writes it. All keys are made up. */
import { resolveEndpoint } from "../../src/aws/endpoints/resolve-endpoint.ts";
import { noon, type SeenRequest } from "./fake-system.ts";

const namespace = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';

export const madeUpSecret = "made/up+secret+of+forty+characters+000001";
export const madeUpToken = "made/up+session/token==";
/** An hour after the fake system's noon. */
export const expiresAt = noon + 3_600_000;

export const stsEndpoint = resolveEndpoint("sts", {
  region: "eu-west-1",
  fips: false,
  dualStack: false,
  legacyGlobal: false,
});
export const stsUrl = "https://sts.eu-west-1.amazonaws.com/";

/** `result` is the XML inside the operation's result. */
export function stsAnswer(action: string, result: string): Response {
  return new Response(
    `<${action}Response ${namespace}><${action}Result>${result}</${action}Result>` +
      `<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></${action}Response>`,
    { headers: { "content-type": "text/xml" } },
  );
}

export function keysElement(accessKeyId: string): string {
  return (
    `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${madeUpSecret}</SecretAccessKey>` +
    `<SessionToken>${madeUpToken}</SessionToken><Expiration>2030-01-31T13:00:00Z</Expiration></Credentials>`
  );
}

/** A role's session in the account 222222222222. */
export function roleAnswer(accessKeyId: string, role = "Deploy"): Response {
  const arn = `arn:aws:sts::222222222222:assumed-role/${role}/aws-login`;
  return stsAnswer(
    "AssumeRole",
    `${keysElement(accessKeyId)}<AssumedRoleUser><AssumedRoleId>AROAMADEUP:aws-login</AssumedRoleId><Arn>${arn}</Arn></AssumedRoleUser>`,
  );
}

export const webIdentityArn = "arn:aws:sts::222222222222:assumed-role/Deploy/aws-login";

export function webIdentityAnswer(): Response {
  return stsAnswer(
    "AssumeRoleWithWebIdentity",
    `<AssumedRoleUser><Arn>${webIdentityArn}</Arn></AssumedRoleUser>${keysElement("ASIAMADEUP")}`,
  );
}

export function sessionTokenAnswer(accessKeyId: string): Response {
  return stsAnswer("GetSessionToken", keysElement(accessKeyId));
}

export function federationAnswer(accessKeyId: string): Response {
  const arn = "arn:aws:sts::111111111111:federated-user/aws-login";
  return stsAnswer(
    "GetFederationToken",
    `${keysElement(accessKeyId)}<FederatedUser><FederatedUserId>111111111111:aws-login</FederatedUserId><Arn>${arn}</Arn></FederatedUser>`,
  );
}

export function callerAnswer(arn = "arn:aws:iam::111111111111:user/ana"): Response {
  return stsAnswer(
    "GetCallerIdentity",
    `<UserId>AIDAMADEUP</UserId><Account>111111111111</Account><Arn>${arn}</Arn>`,
  );
}

export function stsError(
  code: string,
  message: string,
  status = 403,
  headers: Record<string, string> = {},
): Response {
  return new Response(
    `<ErrorResponse ${namespace}><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>` +
      "<RequestId>request-2</RequestId></ErrorResponse>",
    { status, headers: { "content-type": "text/xml", ...headers } },
  );
}

/** The form of a request, but for Action and Version, which are checked here. */
export function formOf(request: SeenRequest | undefined, action: string): Record<string, string> {
  const { Action, Version, ...rest } = Object.fromEntries(new URLSearchParams(request?.body ?? ""));
  if (Action !== action || Version !== "2011-06-15") throw new Error(`it asks for ${Action} of ${Version}`);
  return rest;
}

/** The access key that a request is signed with. */
export function signerOf(request: SeenRequest | undefined): string | undefined {
  return /Credential=([^/]+)\//.exec(request?.headers.Authorization ?? "")?.[1];
}
