/** The sign-ins that are kept, for the commands that end or replace them. */
import { renewalWait } from "../../signin/token-keeper.ts";
import { forgetCliCredentials } from "../../store/cli-credential-cache.ts";
import { forgetDependents } from "../../store/credential-keeping.ts";
import { fileLock } from "../../store/lock.ts";
import { ownFolderPath } from "../../store/own-folder.ts";
import { openOwnCache, storedSignIns } from "../../store/own-token-cache.ts";
import type { StoredToken } from "../../store/token-file.ts";
import type { PortalContext } from "./portal-access.ts";
import type { PortalChoice } from "./portal-choice.ts";
import { openTokenPlace } from "./token-place.ts";

/** Milliseconds that one waits without a word: most renewals are over by then. */
const quietWait = 10_000;

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
  /** Deletes the token and the credentials got with it, after a renewal of it that another process is making. */
  readonly remove: () => Promise<void>;
  /** Deletes the credentials alone. */
  readonly forget: () => Promise<void>;
  readonly name: string;
  readonly region: string;
}> {
  const { store, name, region } = await openTokenPlace(choice, {
    system: context.system,
    home: context.home,
    nrt: false,
  });
  const token = await store.readToken();
  const folder = ownFolderPath(context.system.env, context.home);
  const lock = fileLock(context.system, folder, store.sharedName ?? name, context.wire.trace);
  const forget = async () => {
    if (folder !== undefined && store.sharedName !== undefined) {
      await forgetDependents(context.system, folder, store.sharedName);
    }
    if (choice.kind === "cli" && context.home !== undefined) {
      await forgetCliCredentials(context.system, context.home);
    }
  };
  const remove = async () => {
    const removeToken = () => store.removeToken();
    // While the token is there, the next one does the rest of what is broken off here.
    await forget();
    let held = await lock(quietWait, removeToken);
    if (held.kind === "busy") {
      context.wire.trace(`waiting for another aws-login that renews the sign-in to ${name}`);
      held = await lock(renewalWait - quietWait, removeToken);
    }
    // Whoever takes longer than a renewal can is signing in: that one's token is another. Should it be there at once,
    // it was a renewal after all.
    if (held.kind === "busy") {
      await removeToken();
      if ((await store.readToken()) !== undefined) await removeToken();
    }
    // What others got with it until now.
    await forget();
  };
  return { token, remove, forget, name, region: token?.region ?? region };
}
