/** The sign-ins that are kept, for the commands that end or replace them. */
import { ownFolderPath } from "../config/paths.ts";
import { forgetDependents } from "../credentials/cache/write.ts";
import type { Failure } from "../lib/errors.ts";
import { fileLock } from "../lib/lock.ts";
import { renewalTimeout, singleFlight } from "../lib/single-flight.ts";
import { forgetCliCredentials } from "../sso/aws-cli-cache.ts";
import { openTokenLocation } from "../sso/open-token-location.ts";
import { type OwnLogin, readOwnLogin } from "../sso/own-login.ts";
import { openOwnCache, storedTokens } from "../sso/own-token-cache.ts";
import type { PortalContext } from "../sso/portal.ts";
import type { PortalChoice } from "../sso/portal-choice.ts";
import type { StoredToken } from "../sso/token-file.ts";

/**
 * Every portal of the program's own cache. None where there can be no such cache. `unreadable` is told of each file that
 * should hold a sign-in and is not to be read or believed.
 */
export async function ownPortals(
  { system, home }: PortalContext,
  unreadable: (why: Failure) => void,
): Promise<readonly PortalChoice[]> {
  const folder = ownFolderPath(system.env, home);
  if (folder === undefined) return [];
  await openOwnCache(system, folder);
  const tokens = await storedTokens(system, folder, unreadable);
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
  /** Throws a Failure where the stored one is none: the token can be deleted all the same. */
  readonly region: () => string;
}> {
  const { store, name, token, region } = await storedAt(choice, context);
  const folder = ownFolderPath(context.system.env, context.home);
  const lock = fileLock(context.system, folder, store.sharedName ?? name, context.http.trace);
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
    const { system, http, options } = context;
    await singleFlight(
      {
        lock,
        found: async () => undefined,
        renew: removeToken,
        timeout: renewalTimeout,
        doing: `renews the sign-in to ${name}`,
        prompt: options.signIn === "never" ? "never" : "allowed",
        // A process that takes longer than a renewal signs in: its token is another one. If there is a token right after
        // the removal, it was a renewal after all.
        timedOut: async () => {
          await removeToken();
          if ((await store.readToken()) !== undefined) await removeToken();
        },
      },
      { system, trace: http.trace },
    );
    // What others got with it until now.
    await forget();
  };
  return { token, remove, forget, name, region };
}

async function storedAt(
  choice: PortalChoice,
  { system, home }: PortalContext,
): Promise<Pick<OwnLogin, "store" | "name" | "token" | "region">> {
  if (choice.kind === "own") return readOwnLogin(choice, { system, home });
  const { store, name, region } = await openTokenLocation(choice, { system, home, nrt: false });
  const token = await store.readToken();
  return { store, name, token, region: () => token?.region ?? region };
}
