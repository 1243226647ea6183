import type { HostIdentity } from "./hosts.ts";
import { PARTITIONS, partitionOfRegion } from "./partitions.ts";

const PREFIXES = new Map([
  ["portal.sso", "portal"],
  ["portal.sso-fips", "portal"],
  ["oidc", "oidc"],
  ["oidc-fips", "oidc"],
] as const);

/** The hosts of the portal and of SSO-OIDC: plain, FIPS and dual-stack, in every partition. */
export function identityCenterHost(host: string): HostIdentity | undefined {
  for (const [prefix, service] of PREFIXES) {
    const [, region = "", suffix = ""] = host.startsWith(`${prefix}.`)
      ? (/^\.([a-z0-9-]+)\.(.+)$/.exec(host.slice(prefix.length)) ?? [])
      : [];
    const partition = partitionOfRegion(region);
    if (partition === undefined) continue;
    if (suffix !== partition.suffix && suffix !== partition.dualStackSuffix) continue;
    // In GovCloud the plain name is the FIPS one, and the name with -fips exists on the dual-stack suffix only.
    const isFips = prefix.endsWith("-fips");
    if (partition.id === "aws-us-gov" && isFips && suffix === partition.suffix) continue;
    return { host, service, partition: partition.id, region };
  }
  return undefined;
}

/** What start URLs are made of where the region does not stand in the host. */
const CLASSIC: readonly [RegExp, HostIdentity["partition"]][] = [
  [/^[a-z0-9-]+\.awsapps\.com$/, "aws"],
  [/^start\.us-gov-home\.awsapps\.com$/, "aws-us-gov"],
  [/^[a-z0-9-]+\.awsapps\.cn$/, "aws-cn"],
  // A company's own host, which redirects to its portal.
  [/^aws\.example\.com$/, "aws"],
];

/** `{id}.portal.{region}.app.aws` and its likes. */
const NEWER = /^[a-z0-9-]+\.(?:portal\.([a-z0-9-]+)|([a-z0-9-]+)\.portal)\.([a-z.]+)$/;

const NEWER_SUFFIXES = [
  "app.aws",
  "amazonaws.com",
  "amazonaws.com.cn",
  "app.amazonwebservices.com.cn",
  "amazonaws.eu",
  "api.amazonwebservices.eu",
];

/** The hosts of start URLs, old and new. */
export function startPageHost(host: string): HostIdentity | undefined {
  const classic = CLASSIC.find(([pattern]) => pattern.test(host));
  if (classic !== undefined) return { host, service: "start-page", partition: classic[1] };
  const [, before, after, suffix = ""] = NEWER.exec(host) ?? [];
  const region = before ?? after ?? "";
  const partition = PARTITIONS.find((candidate) => candidate.region.test(region));
  if (partition === undefined || !NEWER_SUFFIXES.includes(suffix)) return undefined;
  return { host, service: "start-page", partition: partition.id, region };
}
