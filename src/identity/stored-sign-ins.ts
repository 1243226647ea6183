/** The sign-ins that are kept, for the commands that end or replace them. */
import { fileLock } from "../store/lock.ts";
import { ownFolderPath } from "../store/own-folder.ts";
import { openOwnCache, storedSignIns } from "../store/own-token-cache.ts";
import type { StoredToken } from "../store/token-file.ts";
import type { PortalContext } from "./portal-access.ts";
import type { PortalChoice } from "./portal-choice.ts";
import { openTokenPlace } from "./token-place.ts";

/** Milliseconds that a renewal takes at most; who signs in meanwhile takes longer, and is not waited for. */
const removalWait = 10_000;

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
  /** Deletes the token, after a renewal of it that another process is making. */
  readonly remove: () => Promise<void>;
  readonly name: string;
  readonly region: string;
}> {
  const { store, name, region } = await openTokenPlace(choice, {
    system: context.system,
    home: context.home,
    nrt: false,
  });
  const token = await store.readToken();
  const lock = fileLock(
    context.system,
    ownFolderPath(context.system.env, context.home),
    store.sharedName ?? name,
    context.wire.trace,
  );
  const remove = async () => {
    const held = await lock(removalWait, () => store.removeToken());
    if (held.kind === "busy") await store.removeToken();
  };
  return { token, remove, name, region: token?.region ?? region };
}
