/** The divisions of AWS that share no identities, with the names their hosts are made of. */

export type PartitionId =
  | "aws"
  | "aws-cn"
  | "aws-us-gov"
  | "aws-eusc"
  | "aws-iso"
  | "aws-iso-b"
  | "aws-iso-e"
  | "aws-iso-f";

interface Partition {
  readonly id: PartitionId;
  readonly region: RegExp;
  readonly suffix: string;
  readonly dualStackSuffix: string;
  /** The domain under which the sign-in and console hosts stand, where it is known. */
  readonly consoleDomain?: string;
}

export const PARTITIONS: readonly Partition[] = [
  {
    id: "aws",
    region: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    suffix: "amazonaws.com",
    dualStackSuffix: "api.aws",
    consoleDomain: "aws.amazon.com",
  },
  {
    id: "aws-cn",
    region: /^cn-\w+-\d+$/,
    suffix: "amazonaws.com.cn",
    dualStackSuffix: "api.amazonwebservices.com.cn",
    consoleDomain: "amazonaws.cn",
  },
  {
    id: "aws-us-gov",
    region: /^us-gov-\w+-\d+$/,
    suffix: "amazonaws.com",
    dualStackSuffix: "api.aws",
    consoleDomain: "amazonaws-us-gov.com",
  },
  {
    id: "aws-eusc",
    region: /^eusc-(de)-\w+-\d+$/,
    suffix: "amazonaws.eu",
    dualStackSuffix: "api.amazonwebservices.eu",
    consoleDomain: "amazonaws-eusc.eu",
  },
  {
    id: "aws-iso",
    region: /^us-iso-\w+-\d+$/,
    suffix: "c2s.ic.gov",
    dualStackSuffix: "api.aws.ic.gov",
  },
  {
    id: "aws-iso-b",
    region: /^us-isob-\w+-\d+$/,
    suffix: "sc2s.sgov.gov",
    dualStackSuffix: "api.aws.scloud",
  },
  {
    id: "aws-iso-e",
    region: /^eu-isoe-\w+-\d+$/,
    suffix: "cloud.adc-e.uk",
    dualStackSuffix: "api.cloud-aws.adc-e.uk",
  },
  {
    id: "aws-iso-f",
    region: /^us-isof-\w+-\d+$/,
    suffix: "csp.hci.ic.gov",
    dualStackSuffix: "api.aws.hci.ic.gov",
  },
];

/** The partition a region belongs to; undefined for a name that no partition's regions look like. */
export function partitionOfRegion(region: string): Partition | undefined {
  return PARTITIONS.find((partition) => partition.region.test(region));
}
