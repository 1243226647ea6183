/**
 * The partitions of AWS: separate clouds, each with its own regions, domains and identities. The data is that of
 * the endpoint rules which AWS publishes for its SDKs.
 */

export interface Partition {
  /** The second field of its ARNs. */
  readonly id: string;
  /** What the names of its regions begin with, before a word and a number. The first partition has the rest. */
  readonly regionPrefix?: string;
  /** Stands for the whole partition where a region is asked for; not every partition has one. */
  readonly pseudoRegion?: string;
  /** The region that a request without one goes to. */
  readonly globalRegion: string;
  readonly dnsSuffix: string;
  readonly dualStackDnsSuffix: string;
  /** Where people and `aws login` sign in; regional hosts are `{region}.` in front of it. */
  readonly signInDomain: string;
  /** Federated sign-ins go to the host of the global region. */
  readonly signsInByRegion?: boolean;
  /** Absent where it is not public whether, or where, the console takes federated sign-ins. */
  readonly consoleHost?: string;
}

const aws: Partition = {
  id: "aws",
  pseudoRegion: "aws-global",
  globalRegion: "us-east-1",
  dnsSuffix: "amazonaws.com",
  dualStackDnsSuffix: "api.aws",
  signInDomain: "signin.aws.amazon.com",
  consoleHost: "console.aws.amazon.com",
};

/** All that are known. */
export const partitions: readonly Partition[] = [
  aws,
  {
    id: "aws-cn",
    regionPrefix: "cn-",
    pseudoRegion: "aws-cn-global",
    globalRegion: "cn-northwest-1",
    dnsSuffix: "amazonaws.com.cn",
    dualStackDnsSuffix: "api.amazonwebservices.com.cn",
    signInDomain: "signin.amazonaws.cn",
    consoleHost: "console.amazonaws.cn",
  },
  {
    id: "aws-us-gov",
    regionPrefix: "us-gov-",
    pseudoRegion: "aws-us-gov-global",
    globalRegion: "us-gov-west-1",
    dnsSuffix: "amazonaws.com",
    dualStackDnsSuffix: "api.aws",
    signInDomain: "signin.amazonaws-us-gov.com",
    consoleHost: "console.amazonaws-us-gov.com",
  },
  {
    id: "aws-eusc",
    regionPrefix: "eusc-de-",
    globalRegion: "eusc-de-east-1",
    dnsSuffix: "amazonaws.eu",
    dualStackDnsSuffix: "api.amazonwebservices.eu",
    signInDomain: "signin.amazonaws-eusc.eu",
    signsInByRegion: true,
    consoleHost: "console.amazonaws-eusc.eu",
  },
  {
    id: "aws-iso",
    regionPrefix: "us-iso-",
    pseudoRegion: "aws-iso-global",
    globalRegion: "us-iso-east-1",
    dnsSuffix: "c2s.ic.gov",
    dualStackDnsSuffix: "api.aws.ic.gov",
    signInDomain: "signin.c2shome.ic.gov",
  },
  {
    id: "aws-iso-b",
    regionPrefix: "us-isob-",
    pseudoRegion: "aws-iso-b-global",
    globalRegion: "us-isob-east-1",
    dnsSuffix: "sc2s.sgov.gov",
    dualStackDnsSuffix: "api.aws.scloud",
    signInDomain: "signin.sc2shome.sgov.gov",
  },
  {
    id: "aws-iso-e",
    regionPrefix: "eu-isoe-",
    pseudoRegion: "aws-iso-e-global",
    globalRegion: "eu-isoe-west-1",
    dnsSuffix: "cloud.adc-e.uk",
    dualStackDnsSuffix: "api.cloud-aws.adc-e.uk",
    signInDomain: "signin.csphome.adc-e.uk",
  },
  {
    id: "aws-iso-f",
    regionPrefix: "us-isof-",
    pseudoRegion: "aws-iso-f-global",
    globalRegion: "us-isof-south-1",
    dnsSuffix: "csp.hci.ic.gov",
    dualStackDnsSuffix: "api.aws.hci.ic.gov",
    signInDomain: "signin.csphome.hci.ic.gov",
  },
];

/** The partition of a region by its name, or else by the form of its name; any other region counts as one of `aws`. */
export function partitionOfRegion(region: string): Partition {
  for (const partition of partitions) {
    const { pseudoRegion, regionPrefix: prefix } = partition;
    if (pseudoRegion === region) return partition;
    if (prefix !== undefined && region.startsWith(prefix) && /^\w+-\d+$/.test(region.slice(prefix.length))) {
      return partition;
    }
  }
  return aws;
}

/** The same, but undefined for a name of an unknown form: AWS may have named regions of another partition so. */
export function surePartitionOfRegion(region: string): Partition | undefined {
  const partition = partitionOfRegion(region);
  return partition !== aws || usualRegion.test(region) ? partition : undefined;
}

/** The names of the first partition's regions, as AWS publishes it. */
const usualRegion = /^(?:us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/;

/** The partition with that id, which is the second field of its ARNs; undefined when it is unknown. */
export function partitionById(id: string): Partition | undefined {
  return partitions.find((partition) => partition.id === id);
}
