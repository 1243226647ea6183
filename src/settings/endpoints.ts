/** Which region, partition and endpoints a run speaks to. */
import { partitionOfArn } from "../aws/endpoints/arn.ts";
import { type Partition, partitionOfRegion } from "../aws/endpoints/partitions.ts";
import { type Endpoint, resolveEndpoint, type Service } from "../aws/endpoints/resolve-endpoint.ts";
import { endpointSwitches } from "../config/endpoint-switches.ts";
import { configuredEndpointUrl } from "../config/endpoint-url.ts";
import type { SharedConfig } from "../config/profiles.ts";
import type { RegionChoice } from "../config/region.ts";
import type { Profile } from "../config/section.ts";
import type { Environment } from "../system/types.ts";

/** What may move an endpoint, and who is told of it. */
export interface EndpointSources {
  readonly env: Environment;
  /** The profile in use. */
  readonly profile: Profile | undefined;
  readonly config: SharedConfig;
  readonly trace: (line: string) => void;
}

export interface RunEndpointsInput extends EndpointSources {
  /** The region that somebody chose. */
  readonly chosen: RegionChoice | undefined;
  /** The roles that will be assumed, in order, after whatever else has an ARN. */
  readonly roleArns: readonly string[];
  /** Asks instance metadata for its region, where credentials come from there. */
  readonly instanceRegion: (() => Promise<string | undefined>) | undefined;
}

export interface RunEndpoints {
  stsEndpoint(): Promise<Endpoint>;
  /** Throws what `stsEndpoint` would, where that can be told without asking anybody. */
  checkStsEndpoint(): Promise<unknown>;
  signInEndpoint(): Endpoint | undefined;
  /** Where `aws login` is renewed: in this region, or else in the region of the run. */
  loginEndpoint(region: string | undefined): Endpoint;
  partition(): Promise<Partition>;
  /** The partition of the last role, or of what the start itself takes; undefined where neither tells. */
  readonly namedPartition: Partition | undefined;
  /** The partition as far as it is known without asking anybody. */
  readonly likelyPartition: Partition;
}

/**
 * Where a service is asked. The region is the service's own: that of the run, of a portal, or of a sign-in; `fips` is
 * true where the region of the run asked for FIPS endpoints. Throws a Failure that names the setting at fault.
 */
export function serviceEndpoint(
  service: Service,
  region: string,
  { env, profile, config, trace }: EndpointSources,
  fips = false,
): Endpoint {
  const switches = endpointSwitches(env, profile);
  const custom = configuredEndpointUrl(service, env, profile, config);
  if (custom !== undefined) trace(`${service} endpoint: ${custom.url} (${custom.source})`);
  return resolveEndpoint(service, {
    region,
    fips: switches.fips || fips,
    dualStack: switches.dualStack,
    legacyGlobal: switches.stsRegional === "legacy",
    ...(custom === undefined ? {} : { custom }),
  });
}

/** Each answer is worked out when first asked for, so that a run which needs none of them asks nobody. */
export function runEndpoints(input: RunEndpointsInput): RunEndpoints {
  const { env, profile, config, chosen, roleArns, trace } = input;
  const firstPartition = partitionOfArn(roleArns[0] ?? "");
  const lastPartition = partitionOfArn(roleArns.at(-1) ?? "");
  const fallback = (firstPartition ?? partitionOfRegion("us-east-1")).globalRegion;

  let regionPromise: Promise<string> | undefined;
  const region = (): Promise<string> => {
    regionPromise ??= findRegion();
    return regionPromise;
  };
  async function findRegion(): Promise<string> {
    if (chosen !== undefined) {
      trace(`region: ${chosen.region} (${chosen.source})`);
      return chosen.region;
    }
    const ofInstance = await input.instanceRegion?.();
    const name = ofInstance ?? fallback;
    trace(`region: ${name} (${ofInstance === undefined ? "nothing names one" : "instance metadata"})`);
    return name;
  }

  let sts: Promise<Endpoint> | undefined;
  const stsEndpoint = (): Promise<Endpoint> => {
    sts ??= region().then((name) => serviceEndpoint("sts", name, input, chosen?.fips));
    return sts;
  };
  return {
    stsEndpoint,
    checkStsEndpoint: async () => {
      if (chosen !== undefined || input.instanceRegion === undefined) await stsEndpoint();
    },
    signInEndpoint: () => {
      if (configuredEndpointUrl("signin", env, profile, config) === undefined) return undefined;
      return serviceEndpoint("signin", chosen?.region ?? fallback, input, chosen?.fips);
    },
    loginEndpoint: (name) =>
      serviceEndpoint("signin", name ?? chosen?.region ?? fallback, input, chosen?.fips),
    partition: async () => lastPartition ?? partitionOfRegion(await region()),
    namedPartition: lastPartition,
    likelyPartition: lastPartition ?? partitionOfRegion(chosen?.region ?? fallback),
  };
}
