/** The region, the partition and the endpoints of a run. */
import { type Partition, partitionOfRegion } from "../aws/endpoints/partitions.ts";
import { type Endpoint, resolveEndpoint, type Service } from "../aws/endpoints/resolve-endpoint.ts";
import { configuredEndpointUrl, endpointSwitches } from "../config/endpoint-settings.ts";
import type { SharedConfig } from "../config/profiles.ts";
import type { RegionChoice } from "../config/region.ts";
import type { Profile } from "../config/section.ts";
import { httpUrl } from "../config/setting.ts";
import { optional } from "../lib/optional.ts";
import type { Environment } from "../system/types.ts";

/** The settings that may give another endpoint than the usual one. */
export interface EndpointSources {
  readonly env: Environment;
  /** The profile in use. */
  readonly profile: Profile | undefined;
  readonly config: SharedConfig;
  /** The URL of `--endpoint`, which comes before all settings. */
  readonly given?: string | undefined;
  readonly trace: (line: string) => void;
}

export interface RunEndpointsInput extends EndpointSources {
  /** The region of an option, a variable or the profile. */
  readonly chosen: RegionChoice | undefined;
  /** The partition of the credentials, where a role or the source names it. */
  readonly partition: Partition | undefined;
  /**
   * Finds the partition of a source that does not name it in advance, without a request. It resolves to undefined as
   * long as only a request can tell.
   */
  readonly sourcePartition: (() => Promise<Partition | undefined>) | undefined;
  /** Asks instance metadata for its region, where the credentials come from there. */
  readonly instanceRegion: (() => Promise<string | undefined>) | undefined;
}

export interface RunEndpoints {
  stsEndpoint(): Promise<Endpoint>;
  /** The same, or the Failure, as far as it is known without a request; undefined otherwise. */
  checkStsEndpoint(): Promise<Endpoint | undefined>;
  /** The endpoint that a setting gives for the console's sign-in host. */
  signInEndpoint(): Endpoint | undefined;
  /** Where `aws login` is renewed: in this region, or else in the region of the run. */
  loginEndpoint(region: string | undefined): Endpoint;
  /** The partition of the credentials. */
  partition(): Promise<Partition>;
  /** The same, as far as a role, the source or a stored sign-in names it. */
  namedPartition(): Promise<Partition | undefined>;
}

/**
 * The endpoint of a service in a region: that of the run, of a portal, or of a sign-in. `fips` is true where the name of
 * the region asks for FIPS endpoints. Throws a Failure that names the setting at fault.
 */
export function serviceEndpoint(
  service: Service,
  region: string,
  { env, profile, config, given, trace }: EndpointSources,
  { fips = false }: { readonly fips?: boolean | undefined } = {},
): Endpoint {
  const switches = endpointSwitches(env, profile);
  const source = "--endpoint";
  const custom =
    given === undefined
      ? configuredEndpointUrl(service, env, profile, config)
      : { url: httpUrl({ value: given, source }), source };
  if (custom !== undefined) trace(`${service} endpoint: ${custom.url} (${custom.source})`);
  return resolveEndpoint(service, {
    region,
    fips: switches.fips || fips,
    dualStack: switches.dualStack,
    legacyGlobal: switches.stsRegional === "legacy",
    ...optional("custom", custom),
  });
}

/** Each endpoint is resolved when it is first asked for, so that a run which needs none reads and asks nothing. */
export function runEndpoints(input: RunEndpointsInput): RunEndpoints {
  const { env, profile, config, chosen, partition, trace } = input;
  const regionWithoutRequest = chosen?.region ?? (partition ?? partitionOfRegion("us-east-1")).globalRegion;

  const namedPartition = async (): Promise<Partition | undefined> => partition ?? input.sourcePartition?.();

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
    if (ofInstance !== undefined) {
      trace(`region: ${ofInstance} (instance metadata)`);
      return ofInstance;
    }
    const name = (input.sourcePartition && (await namedPartition())?.globalRegion) ?? regionWithoutRequest;
    trace(`region: ${name} (nothing names one)`);
    return name;
  }

  let sts: Promise<Endpoint> | undefined;
  const stsEndpoint = (): Promise<Endpoint> => {
    sts ??= region().then((name) => serviceEndpoint("sts", name, input, chosen));
    return sts;
  };
  return {
    stsEndpoint,
    checkStsEndpoint: async () => {
      if (chosen === undefined) {
        if (input.instanceRegion !== undefined) return undefined;
        if (input.sourcePartition !== undefined && (await namedPartition()) === undefined) return undefined;
      }
      return stsEndpoint();
    },
    signInEndpoint: () => {
      if (configuredEndpointUrl("signin", env, profile, config) === undefined) return undefined;
      return serviceEndpoint("signin", regionWithoutRequest, input, chosen);
    },
    loginEndpoint: (name) => serviceEndpoint("signin", name ?? regionWithoutRequest, input, chosen),
    partition: async () => (await namedPartition()) ?? partitionOfRegion(await region()),
    namedPartition,
  };
}
