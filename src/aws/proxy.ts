/**
 * Which proxy a request goes through. The program decides this itself: what `fetch` would take from the
 * environment knows no CIDR block, matches `NO_PROXY` by bare suffix, and would send metadata requests out.
 */
import { Failure } from "../errors.ts";
import type { Environment } from "../system.ts";

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

/** One entry of `NO_PROXY`. A missing port means any port. */
type Bypass =
  | { readonly kind: "all" }
  | { readonly kind: "host"; readonly host: string; readonly port: string | undefined }
  | { readonly kind: "subdomains"; readonly suffix: string; readonly port: string | undefined }
  | { readonly kind: "block"; readonly network: Uint8Array; readonly bits: number };

export const noProxies: ProxyRules = { https: undefined, http: undefined, bypass: [] };

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
  const variable = names.find((name) => env[name]);
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

/** The proxy for this URL, or undefined for a direct connection. Loopback never goes through a proxy. */
export function proxyFor(url: URL, rules: ProxyRules): HttpProxy | undefined {
  const proxy = url.protocol === "https:" ? rules.https : rules.http;
  if (proxy === undefined) return undefined;
  const host = bareHost(url.hostname);
  const address = addressBytes(host);
  if (isLoopback(host, address)) return undefined;
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return rules.bypass.some((rule) => matches(rule, host, address, port)) ? undefined : proxy;
}

function isLoopback(host: string, address: Uint8Array | undefined): boolean {
  if (address === undefined) return host === "localhost";
  if (address.length === 4) return address[0] === 127;
  return address.every((byte, index) => byte === (index === 15 ? 1 : 0));
}

function matches(rule: Bypass, host: string, address: Uint8Array | undefined, port: string): boolean {
  switch (rule.kind) {
    case "all":
      return true;
    case "host":
      return (
        (rule.port === undefined || rule.port === port) &&
        (host === rule.host || (address === undefined && host.endsWith(`.${rule.host}`)))
      );
    case "subdomains":
      return (rule.port === undefined || rule.port === port) && host.endsWith(rule.suffix);
    case "block":
      return address !== undefined && inBlock(address, rule.network, rule.bits);
  }
}

/**
 * Entries are separated by commas. `example.com` covers the name and its subdomains, `.example.com` and
 * `*.example.com` the subdomains, `*` everything; an entry may end in a port or be a CIDR block.
 */
function bypassRules(value: string): Bypass[] {
  const rules: Bypass[] = [];
  for (const part of value.toLowerCase().split(",")) {
    const entry = part.trim();
    if (entry === "") continue;
    rules.push(bypassRule(entry));
  }
  return rules;
}

function bypassRule(entry: string): Bypass {
  if (entry === "*") return { kind: "all" };
  const slash = entry.indexOf("/");
  if (slash > 0) {
    const network = addressBytes(bareHost(entry.slice(0, slash)));
    const bits = Number(entry.slice(slash + 1));
    if (network !== undefined && Number.isInteger(bits) && bits >= 0 && bits <= network.length * 8) {
      return { kind: "block", network, bits };
    }
  }
  const { host, port } = splitPort(entry);
  if (host.startsWith("*.")) return { kind: "subdomains", suffix: host.slice(1), port };
  if (host.startsWith(".")) return { kind: "subdomains", suffix: host, port };
  return { kind: "host", host: bareHost(host), port };
}

/** Only a single colon, or one after a closing bracket, divides a port: `::1` has none. */
function splitPort(entry: string): { host: string; port: string | undefined } {
  const found = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry);
  return found?.[1] === undefined ? { host: entry, port: undefined } : { host: found[1], port: found[2] };
}

function bareHost(host: string): string {
  const open = host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
  return (open.endsWith(".") ? open.slice(0, -1) : open).toLowerCase();
}

function inBlock(address: Uint8Array, network: Uint8Array, bits: number): boolean {
  if (address.length !== network.length) return false;
  for (let bit = 0; bit < bits; bit += 8) {
    const mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
    const at = bit / 8;
    if (((address[at] ?? 0) & mask) !== ((network[at] ?? 0) & mask)) return false;
  }
  return true;
}

/** The 4 or 16 bytes of an IP address, or undefined for a name. */
function addressBytes(host: string): Uint8Array | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) {
    const bytes = host.split(".").map(Number);
    return bytes.every((byte) => byte <= 255) ? Uint8Array.from(bytes) : undefined;
  }
  if (!host.includes(":") || !URL.canParse(`http://[${host}]/`)) return undefined;
  // The URL parser has brought it to the short form: at most one "::", no embedded IPv4 notation.
  const [head = "", tail] = new URL(`http://[${host}]/`).hostname.slice(1, -1).split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
  return Uint8Array.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]),
  );
}
