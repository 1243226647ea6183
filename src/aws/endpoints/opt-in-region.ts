/** The regions that an account has to enable before it can use them. */
import { surePartitionOfRegion } from "./partitions.ts";

/** Enabled in every account, as AWS publishes it: the regions launched before March 2019, and ap-northeast-3. */
const enabledByDefault: readonly string[] = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
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

/**
 * Whether the region is one of the partition `aws` that an account has to enable first. The other partitions have no
 * such regions, and a region of an unknown name counts as none.
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
export function isOptInRegion(region: string): boolean {
  return surePartitionOfRegion(region)?.id === "aws" && !enabledByDefault.includes(region);
}
