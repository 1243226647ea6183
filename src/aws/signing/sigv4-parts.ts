/** The parts of the canonical request of Signature Version 4: path, query and headers, each in its one spelling. */
import { uriEncode } from "./uri-encode.ts";

export type Header = readonly [name: string, value: string];

/** Headers that proxies and HTTP clients add or change on the way; a signature over them would break. */
const neverSigned = new Set([
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
]);

/**
 * The path percent-encoded once more than it is sent, as every service but S3 expects. `normalize` first takes
 * out `.`, `..` and empty segments; a slash at the end stays.
 */
export function canonicalPath(path: string, normalize: boolean): string {
  if (path === "/") return path;
  const wanted = normalize ? normalized(path) : path || "/";
  return wanted.split("/").map(uriEncode).join("/");
}

function normalized(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  return kept.length === 0 ? "/" : `/${kept.join("/")}${path.endsWith("/") ? "/" : ""}`;
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

/** A line for each signed header, each with its own line end, so that an empty line follows the block. */
export function canonicalHeaders(headers: readonly Header[]): string {
  let block = "";
  for (const [name, values] of signed(headers)) block += `${name}:${values.join(",")}\n`;
  return block;
}

/** The names of the signed headers, in order, as the `Authorization` header lists them. */
export function signedHeaderNames(headers: readonly Header[]): string {
  const names: string[] = [];
  for (const [name] of signed(headers)) names.push(name);
  return names.join(";");
}

function signed(headers: readonly Header[]): [name: string, values: string[]][] {
  const byName = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (neverSigned.has(lower)) continue;
    const plain = oneSpaced(value);
    const values = byName.get(lower);
    if (values === undefined) byName.set(lower, [plain]);
    else values.push(plain);
  }
  return [...byName].sort(([name], [other]) => order(name, other));
}

/** Runs of blanks count as one, and blanks around the value as none. */
function oneSpaced(value: string): string {
  const trimmed = value.trim();
  return /[ \t\r\n]/.test(trimmed) ? trimmed.replace(/[ \t\r\n]+/g, " ") : trimmed;
}

/** Byte order, which is what code units give for the ASCII that reaches this place. */
function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
