/**
 * The endpoint of each service. The hosts are those of the endpoint rules in AWS's SDKs, for every partition, with and
 * without FIPS and dual-stack.
 */
import { Failure } from "../../lib/errors.ts";
import { customEndpoint } from "./custom-endpoint.ts";
import { type Region, readRegion } from "./region.ts";

export type Service = "sts" | "sso" | "sso_oidc" | "signin" | "rolesanywhere";

export interface EndpointSettings {
  readonly region: string;
  readonly fips: boolean;
  readonly dualStack: boolean;
  /** `sts_regional_endpoints = legacy`: the first regions of STS share one global host. */
  readonly legacyGlobal: boolean;
  /** A configured endpoint, and the setting: a variable, or a file and line. */
  readonly custom?: { readonly url: string; readonly source: string };
}

export interface Endpoint {
  /** Without a slash at the end; the path of an operation is appended. */
  readonly url: string;
  /** As in the Host header: with the port where it is not the scheme's own. */
  readonly host: string;
  readonly signingRegion: string;
}

/** The kind of endpoint that the settings ask for. */
type Variant = Pick<EndpointSettings, "fips" | "dualStack">;

const globalStsHost = "sts.amazonaws.com";

/** The regions that STS had before it had regional hosts; the list is closed. */
const legacyGlobalRegions: readonly string[] = [
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
];

/** What a host name begins with. */
const prefixes: Readonly<Record<Service, string>> = {
  sts: "sts",
  sso: "portal.sso",
  sso_oidc: "oidc",
  signin: "signin",
  rolesanywhere: "rolesanywhere",
};

/**
 * The endpoint of a service. Throws a Failure when the region cannot be part of a host name, when the custom
 * endpoint is no usable URL, or when the settings ask for FIPS or dual-stack as well, which it cannot promise.
 */
export function resolveEndpoint(service: Service, settings: EndpointSettings): Endpoint {
  const region = readRegion(settings.region);
  const { custom } = settings;
  const variant: Variant = { fips: settings.fips || region.fips, dualStack: settings.dualStack };
  if (custom !== undefined) {
    refuseVariant(custom.source, variant, region.fips ? settings.region : undefined);
    return { ...customEndpoint(custom), signingRegion: region.name };
  }
  if (service === "sts" && !variant.fips && !variant.dualStack && isGlobalSts(region, settings)) {
    return amazonEndpoint(globalStsHost, "us-east-1");
  }
  return amazonEndpoint(hostOf(service, region, variant), region.name);
}

function amazonEndpoint(host: string, signingRegion: string): Endpoint {
  return { url: `https://${host}`, host, signingRegion };
}

function isGlobalSts(region: Region, { legacyGlobal }: EndpointSettings): boolean {
  if (region.global) return region.partition.id === "aws";
  return legacyGlobal && legacyGlobalRegions.includes(region.name);
}

function hostOf(service: Service, { name, partition }: Region, { fips, dualStack }: Variant): string {
  const prefix = prefixes[service];
  if (dualStack) return `${prefix}${fips ? "-fips" : ""}.${name}.${partition.dualStackDnsSuffix}`;
  const isGovCloud = partition.id === "aws-us-gov";
  if (service === "signin" && !fips) return `${name}.${partition.signInDomain}`;
  if (service === "signin" && isGovCloud) {
    const host = "signin-fips.amazonaws-us-gov.com";
    return name === "us-gov-west-1" ? host : `${name}.${host}`;
  }
  // In GovCloud the plain names of the older services are the FIPS ones.
  const isPlainFips = isGovCloud && service !== "rolesanywhere";
  return `${prefix}${fips && !isPlainFips ? "-fips" : ""}.${name}.${partition.dnsSuffix}`;
}

function refuseVariant(source: string, { fips, dualStack }: Variant, fipsRegion: string | undefined): void {
  if (!fips && !dualStack) return;
  const [what, setting] = fips
    ? [
        "FIPS",
        fipsRegion === undefined ? "AWS_USE_FIPS_ENDPOINT or use_fips_endpoint" : `the region ${fipsRegion}`,
      ]
    : ["dual-stack", "AWS_USE_DUALSTACK_ENDPOINT or use_dualstack_endpoint"];
  throw new Failure(
    "failed",
    `cannot use the endpoint of ${source}: the settings ask for ${what} endpoints as well (${setting})`,
    {
      hints: ["take one of the two settings away: AWS does not know whether your own endpoint is one"],
    },
  );
}
