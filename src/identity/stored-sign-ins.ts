/** The sign-ins that are kept, for the commands that end or replace them. */
import { ownFolderPath } from "../store/own-folder.ts";
import { openOwnCache, storedSignIns } from "../store/own-token-cache.ts";
import type { StoredToken } from "../store/token-file.ts";
import type { TokenStore } from "../store/token-store.ts";
import type { PortalContext } from "./portal-access.ts";
import type { PortalChoice } from "./portal-choice.ts";
import { openTokenPlace } from "./token-place.ts";

/** Every portal of the program's own cache. None where there can be no such cache. */
export async function ownSignIns({ system, home }: PortalContext): Promise<readonly PortalChoice[]> {
  const folder = ownFolderPath(system.env, home);
  if (folder === undefined) return [];
  await openOwnCache(system, folder);
  const tokens = await storedSignIns(system, folder);
  return tokens.map(({ startUrl }) => ({ kind: "own", startUrl: startUrl ?? "", region: undefined }));
}

/** What is stored for a portal, and where. Throws a Failure. */
export async function tokenAt(
  choice: PortalChoice,
  context: PortalContext,
): Promise<{
  readonly token: StoredToken | undefined;
  readonly store: TokenStore;
  readonly name: string;
  readonly region: string;
}> {
  const { store, name, region } = await openTokenPlace(choice, {
    system: context.system,
    home: context.home,
    nrt: false,
  });
  const token = await store.readToken();
  return { token, store, name, region: token?.region ?? region };
}
