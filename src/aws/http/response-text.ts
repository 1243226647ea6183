/** What may be said of an answer that is not what was asked for: little, for it may hold secrets, or anybody's words. */
import { printable } from "../../lib/printable.ts";
import type { HttpResponse } from "./send-request.ts";

/** The hint for an answer that AWS cannot have written. */
export const unexpectedResponseHint =
  "something between here and AWS may have answered: a captive portal, a proxy, or a wrong endpoint URL";

/** How messages show what was asked with, in the place of it. */
const leftOut = "(a secret, left out)";

/**
 * The type and the length of an answer. Only the shape of a media type is shown: the header is as little to be trusted
 * as the body.
 */
export function responseShape({ headers, body }: Pick<HttpResponse, "headers" | "body">): string {
  const type = /^[a-z]+\/[a-z0-9.+-]{1,40}/i.exec(headers.get("content-type") ?? "")?.[0];
  return `${type ?? "no content type"}, ${body.length} characters`;
}

/**
 * A service's words on one line without control characters, for they also stand in the lines of `--verbose`, which
 * nobody looks over again; with the secrets taken out, and cut when they are longer than `most` characters: what a
 * person needs stands at the front.
 */
export function quotable(words: string, secrets: readonly string[], most: number): string {
  let text = words;
  // Before anything is cut: half a secret would not be found.
  for (const secret of secrets) {
    if (secret !== "") text = text.replaceAll(secret, leftOut);
  }
  text = printable(text.replace(/\s+/g, " ").trim());
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
