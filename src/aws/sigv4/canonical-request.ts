/** The parts of the canonical request of Signature Version 4: path, query and headers, each in its one spelling. */
import { uriEncode } from "./uri-encode.ts";

export type Header = readonly [name: string, value: string];

/** Headers that proxies and HTTP clients add or change on the way; a signature over them would break. */
const neverSigned: readonly string[] = [
  "authorization",
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "x-amzn-trace-id",
];

/**
 * The path percent-encoded once more than it is sent, as every service but S3 expects. `normalize` first takes
 * out `.`, `..` and empty segments; a slash at the end stays.
 */
export function canonicalPath(path: string, { normalize }: { readonly normalize: boolean }): string {
  if (path === "/") return path;
  const wanted = normalize ? normalized(path) : path || "/";
  return wanted.split("/").map(uriEncode).join("/");
}

function normalized(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments.length === 0 ? "/" : `/${segments.join("/")}${path.endsWith("/") ? "/" : ""}`;
}

/** Sorted by encoded name, then by encoded value; a parameter without a value gets an empty one. */
export function canonicalQuery(query: string): string {
  if (query === "") return query;
  return query
    .split("&")
    .filter((parameter) => parameter !== "")
    .map((parameter) => {
      const equals = parameter.indexOf("=");
      const [name, value] =
        equals < 0 ? [parameter, ""] : [parameter.slice(0, equals), parameter.slice(equals + 1)];
      return [uriEncode(decodeURIComponent(name)), uriEncode(decodeURIComponent(value))] as const;
    })
    .sort(([name, value], [otherName, otherValue]) => order(name, otherName) || order(value, otherValue))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** The headers that are signed, in the order of their names. */
export interface CanonicalHeaders {
  /** A line for each, with its own line end, so that an empty line follows the block. */
  readonly block: string;
  /** As the `Authorization` header lists them. */
  readonly names: string;
}

/** Values of a repeated name are joined in the order given. */
export function canonicalHeaders(headers: readonly Header[]): CanonicalHeaders {
  const names: string[] = [];
  const values: string[] = [];
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (neverSigned.includes(lower)) continue;
    // So few find their places sooner than a sort gets under way.
    let at = 0;
    for (let other = names[at]; other !== undefined && other < lower; other = names[at]) at++;
    if (names[at] === lower) values[at] += `,${oneSpaced(value)}`;
    else {
      names.splice(at, 0, lower);
      values.splice(at, 0, oneSpaced(value));
    }
  }
  let block = "";
  for (let at = 0; at < names.length; at++) block += `${names[at]}:${values[at]}\n`;
  return { block, names: names.join(";") };
}

/** Runs of blanks count as one, and blanks around the value as none. */
function oneSpaced(value: string): string {
  const trimmed = value.trim();
  // The first use of a regular expression costs more than all this.
  const isPlain = !(
    trimmed.includes("  ") ||
    trimmed.includes("\n") ||
    trimmed.includes("\t") ||
    trimmed.includes("\r")
  );
  return isPlain ? trimmed : trimmed.replace(/[ \t\r\n]+/g, " ");
}

/** Byte order, which is what code units give for the ASCII that reaches this place. */
function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
