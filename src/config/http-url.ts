import { type Setting, unusable } from "./setting.ts";

/**
 * The reading's value if it is a URL that requests may be sent to: http or https, a host, at most a path. Else a
 * Failure that names the source and not the URL, which may hold a password. Trailing slashes are taken off, so that
 * paths can be put behind it.
 */
export function httpUrl({ value, source }: Setting): string {
  const why = whyUnusable(value);
  if (why !== undefined) throw unusable(source, why, "write a URL such as https://host.example");
  // Looked for from the first slash of a row alone: from each of them it would take the square of the time.
  return value.replace(/(?<!\/)\/+$/, "");
}

function whyUnusable(value: string): string | undefined {
  // URL() would quietly remove line ends and turn backslashes into slashes.
  if (/[^\x21-\x7e]|\\/.test(value)) return "the URL holds blanks, backslashes or other illegal characters";
  if (!/^https?:\/\/[^/]/i.test(value)) return "it is no URL that begins with https:// or http:// and a host";
  if (/[?#]/.test(value)) return "the URL has a query or a fragment";
  const url = URL.parse(value);
  if (url === null) return "the URL's host or port is not valid";
  // An @ without a name before it is as misleading as one with.
  const authority = value.split("/", 3)[2] ?? "";
  return authority.includes("@") ? "the URL holds a user name or password" : undefined;
}
