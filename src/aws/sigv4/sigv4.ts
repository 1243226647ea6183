/**
 * AWS Signature Version 4 in its header form, stage by stage in the words and order of the specification:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { canonicalHeaders, canonicalPath, canonicalQuery, type Header } from "./canonical-request.ts";

const algorithm = "AWS4-HMAC-SHA256";

/** What a signature covers. Everything is given as it goes out on the wire. */
export interface CanonicalInput {
  readonly method: string;
  readonly path: string;
  /** Percent-encoded, without the question mark. */
  readonly query: string;
  /** All headers, `host` and `x-amz-date` among them; those that must not be signed are skipped. */
  readonly headers: readonly Header[];
  readonly body: string;
  /** False leaves dot segments and repeated slashes as they are. Default true. */
  readonly normalizePath?: boolean;
}

/** The request as its sender knows it. The host that is signed is the URL's. */
export interface UnsignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

/** `milliseconds` is the signing time since the epoch; AWS tolerates fifteen minutes of error. */
export interface SigningContext {
  readonly region: string;
  readonly service: string;
  readonly milliseconds: number;
}

/** Lower-case hex SHA-256 of the body's UTF-8 bytes. */
export function payloadHash(body: string): string {
  return new Bun.CryptoHasher("sha256").update(body).digest("hex");
}

/** Stage 1: the request in the one spelling that both sides hash, and the names of the headers it signs. */
export function canonicalRequest(input: CanonicalInput): { text: string; signedHeaders: string } {
  const { path, query } = input;
  const { block, names } = canonicalHeaders(input.headers);
  const target = path === "/" ? path : canonicalPath(path, { normalize: input.normalizePath ?? true });
  const sortedQuery = query === "" ? query : canonicalQuery(query);
  const text = `${input.method.toUpperCase()}\n${target}\n${sortedQuery}\n${block}\n${names}\n${payloadHash(input.body)}`;
  return { text, signedHeaders: names };
}

/** The value of `x-amz-date`: `YYYYMMDDTHHMMSSZ`, UTC. */
export function amzDate(milliseconds: number): string {
  const iso = new Date(milliseconds).toISOString();
  const day = iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10);
  return `${day}T${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`;
}

/** `YYYYMMDD/{region}/{service}/aws4_request`; the day is that of `date`, never of a second look at the clock. */
export function credentialScope(date: string, region: string, service: string): string {
  return `${date.slice(0, 8)}/${region}/${service}/aws4_request`;
}

/** Stage 2. `date` is the value of `x-amz-date`. */
export function stringToSign(date: string, scope: string, canonical: string): string {
  return `${algorithm}\n${date}\n${scope}\n${payloadHash(canonical)}`;
}

/** Stage 3: the key for one day, region and service, as raw bytes. */
export function signingKey(
  secretAccessKey: string,
  date: string,
  region: string,
  service: string,
): Uint8Array {
  const dateKey = hmac(`AWS4${secretAccessKey}`, date.slice(0, 8));
  const regionKey = hmac(dateKey, region);
  const serviceKey = hmac(regionKey, service);
  return hmac(serviceKey, "aws4_request");
}

/** Stage 4: lower-case hex. */
export function signature(key: Uint8Array, toSign: string): string {
  return new Bun.CryptoHasher("sha256", key).update(toSign).digest("hex");
}

/** Stage 5: the value of the `Authorization` header. */
export function authorizationHeader(
  accessKeyId: string,
  scope: string,
  headerNames: string,
  hexSignature: string,
): string {
  return `${algorithm} Credential=${accessKeyId}/${scope}, SignedHeaders=${headerNames}, Signature=${hexSignature}`;
}

/**
 * All stages: the headers to send, which are the given ones (a repeated name joined by commas), `x-amz-date`,
 * `x-amz-security-token` when the credentials have a token, and `Authorization`. `host` is signed but left to
 * `fetch`, which takes it from the same URL. Throws a Failure when the credentials hold a character that a
 * header cannot carry.
 */
export function signedHeaders(
  request: UnsignedRequest,
  credentials: Credentials,
  { region, service, milliseconds }: SigningContext,
): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  requireHeaderText(accessKeyId, "access key id");
  if (sessionToken !== undefined) requireHeaderText(sessionToken, "session token");
  const url = new URL(request.url);
  const date = amzDate(milliseconds);
  const sent: readonly Header[] = [
    ...request.headers,
    ["x-amz-date", date],
    ...(sessionToken === undefined ? [] : [["x-amz-security-token", sessionToken] as const]),
  ];
  const headers: readonly Header[] = [...sent, ["host", url.host]];
  const { method, body } = request;
  const { text, signedHeaders: names } = canonicalRequest({
    method,
    path: url.pathname,
    query: url.search.slice(1),
    headers,
    body,
  });
  const scope = credentialScope(date, region, service);
  const key = signingKey(secretAccessKey, date, region, service);
  const hexSignature = signature(key, stringToSign(date, scope, text));
  return {
    ...joined(sent),
    Authorization: authorizationHeader(accessKeyId, scope, names, hexSignature),
  };
}

function hmac(key: string | Uint8Array, text: string): Uint8Array {
  return new Uint8Array(new Bun.CryptoHasher("sha256", key).update(text).digest());
}

function joined(headers: readonly Header[]): Record<string, string> {
  const byName: Record<string, string> = {};
  for (const [name, value] of headers) {
    const before = byName[name];
    byName[name] = before === undefined ? value : `${before},${value}`;
  }
  return byName;
}

/** `fetch` would refuse the value, or send bytes other than the signed ones, and say nothing helpful. */
function requireHeaderText(value: string, what: string): void {
  let at = 0;
  // Printable ASCII but for the blank.
  for (let code = value.charCodeAt(at); code > 0x20 && code < 0x7f; code = value.charCodeAt(at)) at++;
  if (at === value.length) return;
  throw new Failure(
    "failed",
    `cannot sign the request: the ${what} holds a character that no AWS key has (character ${at + 1})`,
    {
      hints: ["look for a stray space, quote or line end where the credentials are written"],
    },
  );
}
