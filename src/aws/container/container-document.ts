/** Reads the response of a container's agent. Pure. */
import type { Credentials } from "../../lib/credentials.ts";
import { type Fields, isText, readFields } from "../../lib/json-object.ts";
import { quotable } from "../http/quotable.ts";
import { documentCredentials, documentMembers } from "../imds/credentials-document.ts";

const longestText = 300;

/** A page, or part of a JSON document, which may hold credentials. */
const isDocument = /^\s*<|"\s*:/;

/**
 * The credentials of a response with status 200, or why it has none. Of the body only an error's code and message
 * are repeated, without `secret`.
 */
export function readContainerDocument(
  body: string,
  secret: string | undefined,
): Credentials | { readonly why: string } {
  const document = readFields(body);
  if (document === undefined) return { why: "responded with something that is not a JSON object" };
  const credentials = documentCredentials(document);
  if (credentials !== undefined) return credentials;
  const said = errorOf(document, secret);
  return { why: `responded without ${documentMembers}${said === undefined ? "" : `: ${said}`}` };
}

/**
 * The error of a response with another status: the code and message of a JSON document, or the first line of a plain
 * text, as the agents of EKS send it. `secret` is taken out of it.
 */
export function readContainerError(
  status: number,
  headers: Headers,
  body: string,
  secret: string | undefined,
): string {
  if (status >= 300 && status < 400) return `responded with a redirect (${status}), which is not followed`;
  const document = readFields(body);
  const isPlain = /^(text\/plain\b|$)/i.test(headers.get("content-type") ?? "") && !isDocument.test(body);
  const said = document === undefined ? (isPlain ? firstLine(body, secret) : "") : errorOf(document, secret);
  return said ? `responded with status ${status}: ${said}` : `responded with status ${status}`;
}

/** ECS writes `code` and `message`, others begin with capitals. */
function errorOf(document: Fields, secret: string | undefined): string | undefined {
  const told = [document.code ?? document.Code, document.message ?? document.Message].filter(isText);
  return told.length === 0 ? undefined : firstLine(told.join(": "), secret);
}

function firstLine(text: string, secret: string | undefined): string {
  return quotable(text.trim().split(/[\r\n]/, 1)[0] ?? "", secret === undefined ? [] : [secret], longestText);
}
