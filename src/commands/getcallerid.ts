/** `getcallerid`: asks STS who the acquired identity is. */
import type { Options } from "../cli/option-record.ts";
import { askCallerIdentity } from "../credentials/caller-identity.ts";
import { acquireIdentity } from "../credentials/resolve.ts";
import { formatCallerIdentity } from "../format/caller-identity.ts";
import type { System } from "../system/types.ts";

export async function run(options: Options, system: System): Promise<number> {
  const identity = await acquireIdentity(
    options,
    system,
    async ({ checkStsEndpoint }) => (await checkStsEndpoint())?.url,
  );
  await system.stdout(formatCallerIdentity(await askCallerIdentity(identity)));
  return 0;
}
