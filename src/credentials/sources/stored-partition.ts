/** The partition of an Identity Center portal whose region the options and settings do not tell. */
import { type Partition, partitionOfRegion } from "../../aws/endpoints/partitions.ts";
import { homeDirectory } from "../../config/paths.ts";
import { checkedRegion } from "../../config/region.ts";
import { openTokenLocation } from "../../sso/open-token-location.ts";
import { type LoginOptions, type PortalAccess, promptOf } from "../../sso/portal.ts";
import type { PortalChoice } from "../../sso/portal-choice.ts";
import { isOwnHost } from "../../sso/token-location.ts";
import type { System } from "../../system/types.ts";

/**
 * That of the opened portal, else that of the stored token, which is read without a request. Undefined before a login
 * on a company's own host, which finds the region. Throws a Failure as the use of the portal would.
 */
export async function storedPartition(
  choice: PortalChoice,
  opened: Pick<PortalAccess, "region"> | undefined,
  options: Pick<LoginOptions, "nrt" | "signIn">,
  system: System,
): Promise<Partition | undefined> {
  if (opened === undefined && isOwnHost(choice.startUrl)) return undefined;
  const { region } = opened ?? (await location(choice, options, system));
  return partitionOfRegion(checkedRegion({ value: region, source: "the region of the sign-in" }).region);
}

async function location(
  choice: PortalChoice,
  options: Pick<LoginOptions, "nrt" | "signIn">,
  system: System,
): Promise<Pick<PortalAccess, "region">> {
  const home = await homeDirectory(system);
  return openTokenLocation(choice, { system, home, nrt: options.nrt, prompt: promptOf(options) });
}
