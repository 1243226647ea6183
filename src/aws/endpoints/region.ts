/** What a region setting says, in the plain form and in the old forms that stand for more than a region. */
import { Failure } from "../../lib/errors.ts";
import { misfit } from "../../lib/printable.ts";
import { parseRegion } from "../../lib/region.ts";
import { type Partition, partitionOfRegion } from "./partitions.ts";

export interface Region {
  /** A real region, such as `us-east-1`, also where the setting named a whole partition. */
  readonly name: string;
  readonly partition: Partition;
  /** The setting named a whole partition, as `aws-global` does. */
  readonly global: boolean;
  /** The setting asked for FIPS endpoints, as `fips-us-east-1` and `us-east-1-fips` do. */
  readonly fips: boolean;
}

/** Reads a region setting. Throws a Failure when it could not be part of a host name. */
export function readRegion(setting: string): Region {
  const parsed = parseRegion(setting);
  if (parsed === undefined) {
    throw new Failure(
      "failed",
      `cannot use ${misfit(setting)} as a region: it cannot be part of a host name`,
      {
        hints: ["set --region, AWS_REGION or the profile's region to a name such as us-east-1"],
      },
    );
  }
  const partition = partitionOfRegion(parsed.name);
  const global = parsed.name === partition.pseudoRegion;
  return { name: global ? partition.globalRegion : parsed.name, partition, global, fips: parsed.fips };
}
