/**
 * Where each service answers. The hosts are those that the endpoint rules of AWS's SDKs give, for every
 * partition, with and without FIPS and dual-stack.
 */
import { Failure } from "../../errors.ts";
import { customEndpoint } from "./custom-endpoint.ts";
import type { Partition } from "./partitions.ts";
import { type Region, readRegion } from "./region.ts";

export type Service = "sts" | "sso" | "sso_oidc" | "signin";

export interface EndpointSettings {
  readonly region: string;
  readonly fips: boolean;
  readonly dualStack: boolean;
  /** `sts_regional_endpoints = legacy`: the first regions of STS answer from one global host. */
  readonly legacyGlobal: boolean;
  /** An endpoint somebody set, and what set it: a variable, or a file and line. */
  readonly custom?: { readonly url: string; readonly source: string };
}

export interface Endpoint {
  /** Without a slash at the end; the path of an operation is appended. */
  readonly url: string;
  /** As in the Host header: with the port where it is not the scheme's own. */
  readonly host: string;
  readonly signingRegion: string;
}

/** A shape of host name for each variant of endpoint. */
type Hosts = Readonly<
  Record<"plain" | "fips" | "dualStack" | "fipsDualStack", (region: string, partition: Partition) => string>
>;

const globalStsHost = "sts.amazonaws.com";

/** The regions that STS had before it had regional hosts; the list is closed. */
const legacyGlobalRegions = new Set([
  "ap-northeast-1",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
]);

const hosts: Readonly<Record<Service, Hosts>> = {
  sts: apiHosts("sts", "sts-fips"),
  sso: apiHosts("portal.sso", "portal.sso-fips"),
  sso_oidc: apiHosts("oidc", "oidc-fips"),
  signin: {
    ...apiHosts("signin", "signin-fips"),
    plain: (region, { signInDomain }) => `${region}.${signInDomain}`,
    fips: signInFipsHost,
  },
};

/**
 * The endpoint of a service. Throws a Failure when the region cannot be part of a host name, when the custom
 * endpoint is no usable URL, or when it is asked for together with FIPS or dual-stack, which it cannot promise.
 */
export function resolveEndpoint(service: Service, settings: EndpointSettings): Endpoint {
  const region = readRegion(settings.region);
  const fips = settings.fips || region.fips;
  const { dualStack, custom } = settings;
  if (custom !== undefined) {
    refuseVariants(custom.source, fips, dualStack, region.fips ? settings.region : undefined);
    return { ...customEndpoint(custom), signingRegion: region.name };
  }
  if (service === "sts" && !fips && !dualStack && isGlobalSts(region, settings.legacyGlobal)) {
    return amazonEndpoint(globalStsHost, "us-east-1");
  }
  const variant = fips ? (dualStack ? "fipsDualStack" : "fips") : dualStack ? "dualStack" : "plain";
  return amazonEndpoint(hosts[service][variant](region.name, region.partition), region.name);
}

function amazonEndpoint(host: string, signingRegion: string): Endpoint {
  return { url: `https://${host}`, host, signingRegion };
}

function isGlobalSts(region: Region, legacyGlobal: boolean): boolean {
  if (region.global) return region.partition.id === "aws";
  return legacyGlobal && legacyGlobalRegions.has(region.name);
}

function apiHosts(prefix: string, fipsPrefix: string): Hosts {
  return {
    plain: (region, { dnsSuffix }) => `${prefix}.${region}.${dnsSuffix}`,
    // In GovCloud the plain names are the FIPS ones.
    fips: (region, { id, dnsSuffix }) =>
      `${id === "aws-us-gov" ? prefix : fipsPrefix}.${region}.${dnsSuffix}`,
    dualStack: (region, { dualStackDnsSuffix }) => `${prefix}.${region}.${dualStackDnsSuffix}`,
    fipsDualStack: (region, { dualStackDnsSuffix }) => `${fipsPrefix}.${region}.${dualStackDnsSuffix}`,
  };
}

function signInFipsHost(region: string, { id, dnsSuffix }: Partition): string {
  if (id !== "aws-us-gov") return `signin-fips.${region}.${dnsSuffix}`;
  const host = "signin-fips.amazonaws-us-gov.com";
  return region === "us-gov-west-1" ? host : `${region}.${host}`;
}

function refuseVariants(
  source: string,
  fips: boolean,
  dualStack: boolean,
  fipsRegion: string | undefined,
): void {
  if (!fips && !dualStack) return;
  const [what, setting] = fips
    ? [
        "FIPS",
        fipsRegion === undefined ? "AWS_USE_FIPS_ENDPOINT or use_fips_endpoint" : `the region ${fipsRegion}`,
      ]
    : ["dual-stack", "AWS_USE_DUALSTACK_ENDPOINT or use_dualstack_endpoint"];
  throw new Failure(
    "failed",
    `cannot use the endpoint of ${source}: ${what} endpoints are asked for as well (${setting})`,
    {
      hints: ["take one of the two settings away: AWS cannot say what stands behind an endpoint of your own"],
    },
  );
}
