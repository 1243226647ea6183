/** Which hosts are reached directly although there is a proxy: nearby addresses, and those that `NO_PROXY` lists. */
import { addressBytes, type IpBlock, isInBlock } from "./ip-block.ts";

/** One entry of `NO_PROXY`. A missing port means any port. */
export type Bypass =
  | { readonly kind: "all" }
  | { readonly kind: "host"; readonly host: string; readonly port: string | undefined }
  | { readonly kind: "subdomains"; readonly suffix: string; readonly port: string | undefined }
  | { readonly kind: "block"; readonly block: IpBlock; readonly port: string | undefined };

/** Loopback, and the link-local addresses where instance metadata and container credentials are served. */
const nearby: readonly IpBlock[] = [
  { network: Uint8Array.of(127, 0, 0, 0), bits: 8 },
  { network: Uint8Array.of(169, 254, 0, 0), bits: 16 },
  { network: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), bits: 128 },
  { network: Uint8Array.of(0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), bits: 32 },
];

/**
 * Reads the value of `NO_PROXY`. Entries are separated by commas. `example.com` and `.example.com` cover the name and
 * its subdomains, as for curl and the AWS CLI, `*.example.com` the subdomains, `*` everything; an entry may end in a
 * port or be a CIDR block. Any other entry covers nothing.
 */
export function bypassRules(value: string): Bypass[] {
  if (value === "") return [];
  const entries = value.split(",").map((part) => part.trim().toLowerCase());
  return entries.filter((entry) => entry !== "").map(bypassRule);
}

/** Whether no proxy may be used for this URL. */
export function isDirect(url: URL, rules: readonly Bypass[]): boolean {
  const host = bareHost(url.hostname);
  return isNearby(host, addressBytes(host)) || isListed(url, rules);
}

/** Whether `NO_PROXY` itself covers the URL, as programs read it that know no nearby addresses. */
export function isListed(url: URL, rules: readonly Bypass[]): boolean {
  const host = bareHost(url.hostname);
  const address = addressBytes(host);
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return rules.some((rule) => matches(rule, host, address, port));
}

function isNearby(host: string, address: Uint8Array | undefined): boolean {
  if (address === undefined) return host === "localhost";
  return nearby.some((block) => isInBlock(address, block));
}

function matches(rule: Bypass, host: string, address: Uint8Array | undefined, port: string): boolean {
  if (rule.kind === "all") return true;
  if (rule.port !== undefined && rule.port !== port) return false;
  if (rule.kind === "block") return address !== undefined && isInBlock(address, rule.block);
  if (address !== undefined) return false;
  return rule.kind === "subdomains"
    ? host.endsWith(rule.suffix)
    : host === rule.host || host.endsWith(`.${rule.host}`);
}

function bypassRule(entry: string): Bypass {
  if (entry === "*") return { kind: "all" };
  const [, base, length] = /^(.+)\/(\d{1,3})$/.exec(entry) ?? [];
  const network = base === undefined ? undefined : addressBytes(bareHost(base));
  if (network !== undefined && Number(length) <= network.length * 8) {
    return { kind: "block", block: { network, bits: Number(length) }, port: undefined };
  }
  const { host, port } = splitPort(entry);
  if (host.startsWith("*.")) return { kind: "subdomains", suffix: bareHost(host.slice(1)), port };
  const address = addressBytes(bareHost(host));
  if (address !== undefined) {
    return { kind: "block", block: { network: address, bits: address.length * 8 }, port };
  }
  return { kind: "host", host: bareHost(host).replace(/^\./, ""), port };
}

/** Only a single colon, or one after a closing bracket, divides a port: `::1` has none. */
function splitPort(entry: string): { host: string; port: string | undefined } {
  const found = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry);
  return found?.[1] === undefined ? { host: entry, port: undefined } : { host: found[1], port: found[2] };
}

/** Without the brackets of IPv6 and the dot that may end a whole name. */
function bareHost(host: string): string {
  const open = host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
  return open.endsWith(".") ? open.slice(0, -1) : open;
}
