import type { Header } from "./message.ts";

export interface Reply {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string | Uint8Array;
}

/** How a reply goes out: after `delay` milliseconds, whole or cut off. */
export interface Delivery {
  readonly reply: Reply;
  readonly delay: number;
  /** The connection ends without a byte, after half of the announced body, or after the whole of it. */
  readonly cut?: "before-response" | "half-body" | "after-body";
  /** Goes out in the place of the reply, and the connection ends. */
  readonly raw?: string;
  /** It does not end with a FIN but with a RST, as when the other side has crashed. */
  readonly reset?: boolean;
}

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  302: "Found",
  303: "See Other",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  407: "Proxy Authentication Required",
  410: "Gone",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

export function reply(
  status: number,
  contentType: string,
  body: string,
  headers: readonly Header[] = [],
): Reply {
  return { status, headers: [["Content-Type", contentType], ...headers], body };
}

export function jsonReply(status: number, value: unknown): Reply {
  return reply(status, "application/json", JSON.stringify(value));
}

/** A reply with the text between the tags of a small HTML page; `text` is escaped here. */
export function pageReply(status: number, text: string): Reply {
  const safe = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return reply(
    status,
    "text/html;charset=UTF-8",
    `<!DOCTYPE html>\n<html><head><title>AWS stand-in</title></head><body><p>${safe}</p></body></html>\n`,
  );
}

/** The head and the body of a reply as bytes. `close` says that the connection ends with it. */
export function replyBytes(answer: Reply, close: boolean): { head: Uint8Array; body: Uint8Array } {
  const body = typeof answer.body === "string" ? Buffer.from(answer.body) : answer.body;
  const lines = [
    `HTTP/1.1 ${answer.status} ${REASONS[answer.status] ?? "Other"}`,
    ...answer.headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${body.byteLength}`,
    `Connection: ${close ? "close" : "keep-alive"}`,
  ];
  return { head: Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), body };
}
