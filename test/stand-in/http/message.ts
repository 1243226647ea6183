/**
 * Reads HTTP/1.1 requests out of bytes. The stand-in has a reader of its own because a signature is checked
 * over the header values exactly as they came, which the servers of the runtime tidy up first.
 */

/** A header as received: the name in the sender's spelling, the value without the blanks around it. */
export type Header = readonly [name: string, value: string];

export interface HttpRequest {
  readonly method: string;
  /** The request target as written: `/path?query`, `http://host/path` to a proxy, `host:port` for CONNECT. */
  readonly target: string;
  /** `HTTP/1.1` or `HTTP/1.0`. */
  readonly version: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export type Read =
  | { readonly kind: "more"; readonly expectsContinue: boolean }
  | { readonly kind: "request"; readonly request: HttpRequest; readonly rest: Uint8Array }
  | { readonly kind: "bad"; readonly why: string };

const HEAD_LIMIT = 256 * 1024;

/** The values of one header joined by a comma, or undefined when it was not sent. `name` in lower case. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  const values = headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(",");
}

/** Reads one request from the start of `bytes`; `rest` is what follows it. `more` means: call again with more bytes. */
export function readRequest(bytes: Uint8Array): Read {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = buffer.indexOf("\r\n\r\n");
  if (end < 0) {
    return buffer.length > HEAD_LIMIT
      ? { kind: "bad", why: "the head is too long" }
      : { kind: "more", expectsContinue: false };
  }
  const [first = "", ...lines] = buffer.toString("latin1", 0, end).split("\r\n");
  const line = /^([A-Z]+) (\S+) (HTTP\/1\.[01])$/.exec(first);
  if (line === null) return { kind: "bad", why: "the request line is malformed" };
  const [, method = "", target = "", version = ""] = line;

  const headers: Header[] = [];
  for (const text of lines) {
    const header = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(text);
    if (header === null) return { kind: "bad", why: "a header line is malformed" };
    headers.push([header[1] ?? "", header[2] ?? ""]);
  }

  const start = end + 4;
  const body = /chunked/i.test(headerValue(headers, "transfer-encoding") ?? "")
    ? readChunks(buffer, start)
    : readLength(buffer, start, headerValue(headers, "content-length"));
  if (body === "bad") return { kind: "bad", why: "the length of the body is malformed" };
  if (body === "more") {
    return { kind: "more", expectsContinue: /100-continue/i.test(headerValue(headers, "expect") ?? "") };
  }
  return {
    kind: "request",
    request: { method, target, version, headers, body: body.bytes },
    rest: buffer.subarray(body.end),
  };
}

type Body = { readonly bytes: Uint8Array; readonly end: number } | "more" | "bad";

function readLength(buffer: Buffer, start: number, length: string | undefined): Body {
  if (length === undefined) return { bytes: new Uint8Array(0), end: start };
  if (!/^\d{1,9}$/.test(length)) return "bad";
  const end = start + Number(length);
  return end > buffer.length ? "more" : { bytes: Uint8Array.from(buffer.subarray(start, end)), end };
}

function readChunks(buffer: Buffer, start: number): Body {
  const parts: Uint8Array[] = [];
  let at = start;
  for (;;) {
    const lineEnd = buffer.indexOf("\r\n", at);
    if (lineEnd < 0) return "more";
    const size = /^([0-9A-Fa-f]{1,8})(;.*)?$/.exec(buffer.toString("latin1", at, lineEnd));
    if (size === null) return "bad";
    const length = Number.parseInt(size[1] ?? "", 16);
    const chunkEnd = lineEnd + 2 + length;
    if (chunkEnd + 2 > buffer.length) return "more";
    if (buffer.toString("latin1", chunkEnd, chunkEnd + 2) !== "\r\n") return "bad";
    if (length === 0) return { bytes: Uint8Array.from(Buffer.concat(parts)), end: chunkEnd + 2 };
    parts.push(buffer.subarray(lineEnd + 2, chunkEnd));
    at = chunkEnd + 2;
  }
}
