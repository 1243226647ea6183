import { headerValue } from "../http/message.ts";
import type { Call } from "../service.ts";
import { type OidcProblem, problem } from "./oidc-error.ts";

/** A member of a request: text, or a list of texts. */
export type Kind = "text" | "list";

/** What a JSON request may consist of. A name that ends in `?` may be left out. */
export type Shape = Readonly<Record<string, Kind>>;

export interface Members {
  /** A member of kind `text`; empty when it was not sent. */
  text(name: string): string;
  /** A member of kind `list`, or undefined when it was not sent. */
  list(name: string): readonly string[] | undefined;
}

/**
 * Reads the body of a request. The real service passes over members it does not know; here a misspelt one is refused,
 * since it must not go unnoticed.
 */
export function readMembers(call: Call, shape: Shape): Members | OidcProblem {
  const contentType = headerValue(call.headers, "content-type") ?? "";
  if (!/^application\/(x-amz-json-1\.1|json)(\s*;|$)/i.test(contentType))
    return problem("invalid_request", "The content type is not application/json");
  const value = parse(Buffer.from(call.body).toString());
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return problem("invalid_request", "The body is not a JSON object");

  const given = new Map<string, unknown>(Object.entries(value));
  for (const name of given.keys()) {
    if (!(name in shape) && !(`${name}?` in shape))
      return problem("invalid_request", `The member ${name} is not known`);
  }
  for (const [key, kind] of Object.entries(shape)) {
    const member = given.get(key.replace(/\?$/, ""));
    if (member === undefined && key.endsWith("?")) continue;
    const fits = kind === "text" ? isText(member) : Array.isArray(member) && member.every(isText);
    if (!fits) return problem("invalid_request", `The member ${key} is missing or malformed`);
  }
  return {
    text: (name) => String(given.get(name) ?? ""),
    list: (name) => {
      const member = given.get(name);
      return Array.isArray(member) ? member.map(String) : undefined;
    },
  };
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
