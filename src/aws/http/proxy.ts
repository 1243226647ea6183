/**
 * Which proxy a request goes through. The program decides this itself: the rules by which `fetch` reads the
 * environment know no CIDR block, match `NO_PROXY` by bare suffix, and send metadata requests through the proxy.
 */
import { Failure } from "../../lib/errors.ts";
import type { Environment } from "../../system/types.ts";
import { type Bypass, bypassRules, isDirect } from "./no-proxy.ts";

/** A proxy and the variable that named it. `url` may hold a password: messages show `shown`. */
export interface HttpProxy {
  readonly url: string;
  readonly shown: string;
  readonly variable: string;
  /** The URL holds a user name or a password. */
  readonly hasLogin: boolean;
}

export interface ProxyRules {
  readonly https: HttpProxy | undefined;
  readonly http: HttpProxy | undefined;
  readonly bypass: readonly Bypass[];
}

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, lower case first, as curl and the AWS CLI do. The
 * upper-case `HTTP_PROXY` is ignored where `REQUEST_METHOD` is set: a client of a CGI program can set it there.
 * Throws a Failure that names the variable when its value is no http or https URL.
 */
export function proxyRules(env: Environment): ProxyRules {
  const httpNames = env.REQUEST_METHOD === undefined ? ["http_proxy", "HTTP_PROXY"] : ["http_proxy"];
  return {
    https: proxyNamed(env, ["https_proxy", "HTTPS_PROXY"]),
    http: proxyNamed(env, httpNames),
    bypass: bypassRules(env.no_proxy || env.NO_PROXY || ""),
  };
}

/** The proxy for this URL, or undefined for a direct connection. Loopback and metadata addresses never have one. */
export function proxyFor(url: URL, rules: ProxyRules): HttpProxy | undefined {
  const proxy = url.protocol === "https:" ? rules.https : rules.http;
  return proxy === undefined || isDirect(url, rules.bypass) ? undefined : proxy;
}

function proxyNamed(env: Environment, names: readonly string[]): HttpProxy | undefined {
  for (const variable of names) {
    const value = env[variable];
    if (value) return readProxy(variable, value.trim());
  }
  return undefined;
}

/**
 * The user name and the password are taken from the text and percent-encoded here, because the URL parser reads a
 * backslash as a slash (`DOMAIN\user`), and `fetch` drops both where a `%` begins no escape. A slash, a question mark
 * or a number sign ends the host for every client, so one in a password is refused: a URL
 * parser would take the text before it for the host, and messages would show it.
 */
function readProxy(variable: string, value: string): HttpProxy {
  const [, scheme = "http", rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(value) ?? [];
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const loginEnd = rest.lastIndexOf("@");
  if (loginEnd > authority.length) {
    throw refused(variable, "its user name or password holds a raw /, ? or #", [
      "percent-encode it: / is written as %2F, ? as %3F and # as %23",
    ]);
  }
  const host = authority.slice(loginEnd + 1);
  const url = /^[^\s\\@]+$/.test(host) ? URL.parse(`${scheme}://${host}`) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:") || isHalfScheme(rest, url)) {
    throw refused(variable, "it is not an http:// or https:// URL", [
      `set ${variable} to something like http://proxy.example.com:3128, or unset it`,
    ]);
  }
  const shown = `${url.protocol}//${url.host}`;
  const login = authority.slice(0, Math.max(0, loginEnd));
  if (login === "") return { url: shown, shown, variable, hasLogin: false };
  const [user = "", ...password] = login.split(":");
  const encoded = [user, ...(password.length === 0 ? [] : [password.join(":")])].map(encodeLogin).join(":");
  return { url: `${url.protocol}//${encoded}@${url.host}`, shown, variable, hasLogin: true };
}

/** `http:/proxy:3128` would be a proxy by the name of http. */
function isHalfScheme(rest: string, { hostname }: URL): boolean {
  return /^https?:\//i.test(rest) && /^https?$/.test(hostname);
}

/** Percent-encodes what is not encoded yet; an escape such as `%40` stays as it is. */
function encodeLogin(text: string): string {
  return text
    .toWellFormed()
    .replace(/%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~-]/gu, (found) => (found.length === 3 ? found : encoded(found)));
}

/** `encodeURIComponent` leaves some of what may end or split a user name. */
function encoded(character: string): string {
  const code = encodeURIComponent(character);
  return code === character
    ? `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`
    : code;
}

function refused(variable: string, why: string, hints: readonly string[]): Failure {
  return new Failure("failed", `cannot use the proxy of ${variable}: ${why}`, { hints });
}
