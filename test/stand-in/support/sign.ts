import { canonicalRequest, scopeText, signature, stringToSign } from "../sigv4/canonical.ts";
import { timestampText } from "../sigv4/timestamp.ts";

/** A small signer for the stand-in's own tests. */

export interface SigningKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SignOptions {
  /** Base URL, for example `https://sts.amazonaws.com` or `http://127.0.0.1:4566`. */
  readonly url: string;
  readonly body: string;
  readonly keys: SigningKeys;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly region?: string;
  readonly service?: string;
}

/** The headers of a signed POST, in the form that STS wants. */
export function signedHeaders(options: SignOptions): Record<string, string> {
  const { keys } = options;
  const url = new URL(options.url);
  const timestamp = timestampText(options.now);
  const scope = {
    date: timestamp.slice(0, 8),
    region: options.region ?? "us-east-1",
    service: options.service ?? "sts",
  };
  const headers: Record<string, string> = {
    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    host: url.host,
    "x-amz-date": timestamp,
    ...(keys.sessionToken === undefined ? {} : { "x-amz-security-token": keys.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const message = {
    method: "POST",
    path: url.pathname,
    query: url.search.slice(1),
    headers: Object.entries(headers),
    body: Buffer.from(options.body),
  };
  const text = stringToSign(timestamp, scope, canonicalRequest(message, names));
  const hex = signature(keys.secretAccessKey, scope, text);
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scopeText(scope)}, SignedHeaders=${names.join(";")}, Signature=${hex}`,
  };
}
