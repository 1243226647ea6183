import { createHash, createHmac } from "node:crypto";
import type { Header } from "../http/message.ts";

/** The stages of Signature Version 4, for a request as it was sent. */

export interface SignedMessage {
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export interface Scope {
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export function canonicalRequest(message: SignedMessage, signedHeaders: readonly string[]): string {
  return [
    message.method,
    canonicalPath(message.path),
    canonicalQuery(message.query),
    ...signedHeaders.map((name) => `${name}:${canonicalValue(message.headers, name)}`),
    "",
    signedHeaders.join(";"),
    sha256(message.body),
  ].join("\n");
}

export function stringToSign(timestamp: string, scope: Scope, canonical: string): string {
  return ["AWS4-HMAC-SHA256", timestamp, scopeText(scope), sha256(canonical)].join("\n");
}

export function signingKey(secretAccessKey: string, scope: Scope): Buffer {
  const dateKey = hmac(`AWS4${secretAccessKey}`, scope.date);
  return hmac(hmac(hmac(dateKey, scope.region), scope.service), "aws4_request");
}

/** Lower-case hexadecimal. */
export function signature(secretAccessKey: string, scope: Scope, text: string): string {
  return hmac(signingKey(secretAccessKey, scope), text).toString("hex");
}

export function scopeText(scope: Scope): string {
  return `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
}

/** Lower-case hexadecimal SHA-256. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Dot segments and repeated slashes removed, then what was sent is encoded once more (every service but S3). */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const isFolder = /(^|\/)\.{0,2}$/.test(path) && segments.length > 0;
  return `/${segments.map(encode).join("/")}${isFolder ? "/" : ""}`;
}

function canonicalQuery(query: string): string {
  if (query === "") return "";
  const pairs = query.split("&").map((pair): [string, string] => {
    const equals = pair.indexOf("=");
    const name = equals < 0 ? pair : pair.slice(0, equals);
    return [reencode(name), equals < 0 ? "" : reencode(pair.slice(equals + 1))];
  });
  pairs.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
}

/** The encoded texts are ASCII, where the order of UTF-16 units is the order of bytes. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function canonicalValue(headers: readonly Header[], name: string): string {
  const values = headers.filter(([given]) => given.toLowerCase() === name);
  return values.map(([, value]) => value.trim().replace(/ +/g, " ")).join(",");
}

function reencode(text: string): string {
  try {
    return encode(decodeURIComponent(text));
  } catch {
    return encode(text);
  }
}

/** Keeps the unreserved characters of RFC 3986; `encodeURIComponent` leaves five more alone. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

function hmac(key: string | Uint8Array, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
