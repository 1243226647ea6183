import { identityCenterHost, startPageHost } from "./identity-center-hosts.ts";
import { PARTITIONS, type PartitionId, partitionOfRegion } from "./partitions.ts";
import type { ServiceName } from "./service.ts";

/** What a real AWS host name stands for. */
export interface HostIdentity {
  readonly host: string;
  readonly service: ServiceName;
  readonly partition: PartitionId;
  /** The region that requests to this host must be signed for; absent where requests are not signed. */
  readonly signingRegion?: string;
  /** The region in the name of a host of Identity Center, whose requests are not signed. */
  readonly region?: string;
}

const LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** Tells which service of which partition a host belongs to; undefined for a host the stand-in does not play. */
export function identifyHost(host: string): HostIdentity | undefined {
  return (
    stsHost(host) ??
    rolesAnywhereHost(host) ??
    consoleHost(host) ??
    s3Host(host) ??
    actionsHost(host) ??
    identityCenterHost(host) ??
    startPageHost(host)
  );
}

function stsHost(host: string): HostIdentity | undefined {
  if (host === "sts.amazonaws.com") {
    return { host, service: "sts", partition: "aws", signingRegion: "us-east-1" };
  }
  const parts = /^(sts|sts-fips)\.([a-z0-9-]+)\.(.+)$/.exec(host);
  if (parts === null) return undefined;
  const [, name = "", region = "", suffix = ""] = parts;
  const partition = partitionOfRegion(region);
  if (partition === undefined) return undefined;
  if (suffix !== partition.suffix && suffix !== partition.dualStackSuffix) return undefined;
  // In GovCloud the plain name is the FIPS one, and the name with -fips exists on the dual-stack suffix only.
  if (partition.id === "aws-us-gov" && name === "sts-fips" && suffix === partition.suffix) return undefined;
  return { host, service: "sts", partition: partition.id, signingRegion: region };
}

/** Plain, FIPS and dual-stack, in every partition. */
function rolesAnywhereHost(host: string): HostIdentity | undefined {
  const [, region = "", suffix = ""] = /^rolesanywhere(?:-fips)?\.([a-z0-9-]+)\.(.+)$/.exec(host) ?? [];
  const partition = partitionOfRegion(region);
  if (partition === undefined) return undefined;
  if (suffix !== partition.suffix && suffix !== partition.dualStackSuffix) return undefined;
  return { host, service: "rolesanywhere", partition: partition.id, region };
}

function s3Host(host: string): HostIdentity | undefined {
  const region = /^s3\.([a-z0-9-]+)\.amazonaws\.com$/.exec(host)?.[1];
  const partition = region === undefined ? undefined : partitionOfRegion(region);
  if (region === undefined || partition?.id !== "aws") return undefined;
  return { host, service: "s3", partition: "aws", signingRegion: region };
}

/** The host in the variables of a job; GitHub belongs to no partition, and stands with the first. */
function actionsHost(host: string): HostIdentity | undefined {
  if (!/^run-actions-[a-z0-9-]+\.actions\.githubusercontent\.com$/.test(host)) return undefined;
  return { host, service: "actions", partition: "aws" };
}

function consoleHost(host: string): HostIdentity | undefined {
  for (const { id, consoleDomain } of PARTITIONS) {
    if (consoleDomain === undefined) continue;
    for (const service of ["signin", "console"] as const) {
      const base = `${service}.${consoleDomain}`;
      const isBase = host === base;
      const isBelow =
        host.endsWith(`.${base}`) &&
        host
          .slice(0, -base.length - 1)
          .split(".")
          .every(isLabel);
      if (isBase || isBelow) return { host, service, partition: id };
    }
  }
  return undefined;
}

function isLabel(text: string): boolean {
  return LABEL.test(text);
}
