/** The partition of an Identity Center portal whose region the options and settings do not tell. */
import { type Partition, partitionOfRegion } from "../../aws/endpoints/partitions.ts";
import { homeDirectory } from "../../config/paths.ts";
import { checkedRegion } from "../../config/region.ts";
import { openTokenLocation } from "../../sso/open-token-location.ts";
import type { PortalAccess } from "../../sso/portal.ts";
import type { PortalChoice } from "../../sso/portal-choice.ts";
import { isOwnHost } from "../../sso/token-location.ts";
import type { System } from "../../system/types.ts";

/**
 * That of the opened portal, else that of the stored token, which is read without a request. Undefined before a login
 * on a company's own host, which finds the region. `nrt`: as `--nrt`. Throws a Failure as the use of the portal would.
 */
export async function storedPartition(
  choice: PortalChoice,
  opened: Pick<PortalAccess, "region"> | undefined,
  { nrt }: { readonly nrt: boolean },
  system: System,
): Promise<Partition | undefined> {
  if (opened === undefined && isOwnHost(choice.startUrl)) return undefined;
  const { region } =
    opened ?? (await openTokenLocation(choice, { system, home: await homeDirectory(system), nrt }));
  return partitionOfRegion(checkedRegion({ value: region, source: "the region of the sign-in" }).region);
}
