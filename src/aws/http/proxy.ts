/**
 * Which proxy a request goes through. The program decides this itself: what `fetch` would take from the
 * environment knows no CIDR block, matches `NO_PROXY` by bare suffix, and would send metadata requests out.
 */
import { Failure } from "../../lib/errors.ts";
import type { Environment } from "../../system/types.ts";
import { type Bypass, bypassRules, isDirect } from "./no-proxy.ts";

/** A proxy and the variable that named it. `url` may hold a password: show `shown` instead. */
export interface HttpProxy {
  readonly url: string;
  readonly shown: string;
  readonly variable: string;
}

export interface ProxyRules {
  readonly https: HttpProxy | undefined;
  readonly http: HttpProxy | undefined;
  readonly bypass: readonly Bypass[];
}

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, lower case first, as curl and the AWS CLI do. The
 * upper-case `HTTP_PROXY` is ignored where `REQUEST_METHOD` is set: there a web client could have sent it.
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

function proxyNamed(env: Environment, names: readonly string[]): HttpProxy | undefined {
  let variable: string | undefined;
  for (const name of names) variable ??= env[name] ? name : undefined;
  if (variable === undefined) return undefined;
  const value = (env[variable] ?? "").trim();
  const withScheme = value.includes("://") ? value : `http://${value}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:") || url.hostname === "") {
    throw new Failure("failed", `cannot use the proxy of ${variable}: it is not an http:// or https:// URL`, {
      hints: [`set ${variable} to something like http://proxy.example.com:3128, or unset it`],
    });
  }
  return { url: withScheme, shown: `${url.protocol}//${url.host}`, variable };
}

/** The proxy for this URL, or undefined for a direct connection. What is nearby never goes through a proxy. */
export function proxyFor(url: URL, rules: ProxyRules): HttpProxy | undefined {
  const proxy = url.protocol === "https:" ? rules.https : rules.http;
  return proxy === undefined || isDirect(url, rules.bypass) ? undefined : proxy;
}
