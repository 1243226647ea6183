/** Ends sign-ins: revokes the token at its portal, and deletes it with the credentials and the listing that came of it. */
import { logout as revoke } from "../aws/sso/portal-operations.ts";
import { ownFolderPath } from "../config/paths.ts";
import { Failure } from "../lib/errors.ts";
import { fileLock } from "../lib/lock.ts";
import { renewalTimeout, singleFlight } from "../lib/single-flight.ts";
import { forgetCliCredentials } from "./aws-cli-cache.ts";
import { removeListing } from "./listing-cache.ts";
import { openTokenLocation } from "./open-token-location.ts";
import { type OwnLogin, readOwnLogin } from "./own-login.ts";
import { openOwnCache, storedTokens } from "./own-token-cache.ts";
import { type PortalContext, promptOf } from "./portal.ts";
import type { PortalChoice } from "./portal-choice.ts";
import { sealing } from "./sealing.ts";
import type { StoredToken } from "./token-file.ts";
import { shownEnd, tokenState } from "./token-lifetime.ts";
import type { TokenStore } from "./token-store.ts";

export interface LogoutContext extends PortalContext {
  /** Deletes the cached credentials in the own folder that depend on this token file. */
  readonly forgetCredentials: (folder: string, tokenFile: string) => Promise<void>;
}

export interface LogoutResult {
  /** Whether there was a token. */
  readonly was: "signed-in" | "not-signed-in";
  /** The start URL, or the token's origin. */
  readonly name: string;
}

/**
 * Every portal of the program's own cache; none where there can be no such cache. `unreadable` gets the Failure of each
 * file that should hold a token and does not.
 */
export async function ownPortals(
  {
    system,
    home,
    options,
  }: Pick<PortalContext, "system" | "home"> & { readonly options: Pick<PortalContext["options"], "signIn"> },
  unreadable: (why: Failure) => void,
): Promise<readonly PortalChoice[]> {
  const folder = ownFolderPath(system.env, home);
  if (folder === undefined) return [];
  await openOwnCache(system, folder, sealing(system, folder, promptOf(options)));
  const tokens = await storedTokens(system, folder, unreadable);
  return tokens.map(({ startUrl }) => ({ kind: "own", startUrl: startUrl ?? "", region: undefined }));
}

/** The token is deleted in any case. Throws a Failure, also when the token could not be revoked. */
export async function logout(choice: PortalChoice, context: LogoutContext): Promise<LogoutResult> {
  const stored = await storedLogin(choice, context);
  const { token, name, region } = stored;
  if (token === undefined) {
    await forgetCredentials(choice, stored.store, context);
    return { was: "not-signed-in", name };
  }
  let notRevoked: Failure | undefined;
  try {
    const endpoint = context.endpoint("sso", region());
    await revoke({ http: context.http, endpoint, accessToken: token.accessToken });
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "usage" || error.kind === "interrupted") throw error;
    // The portal does not know the token: nothing is left to revoke.
    if (error.serviceError?.status !== 401) notRevoked = error;
  }
  await deleteLogin(choice, stored, context);
  if (notRevoked !== undefined) throw deletedOnly(name, token, notRevoked, context.system.now());
  return { was: "signed-in", name };
}

type StoredLogin = Pick<OwnLogin, "store" | "name" | "token" | "region">;

async function storedLogin(
  choice: PortalChoice,
  { system, home, options }: PortalContext,
): Promise<StoredLogin> {
  const prompt = promptOf(options);
  if (choice.kind === "own") return readOwnLogin(choice, { system, home, prompt });
  const { store, name, region } = await openTokenLocation(choice, { system, home, nrt: false, prompt });
  const token = await store.readToken();
  return { store, name, token, region: () => token?.region ?? region };
}

/** Waits for another process that renews the token, whose renewed token would otherwise come after the removal. */
async function deleteLogin(
  choice: PortalChoice,
  { store, name }: StoredLogin,
  context: LogoutContext,
): Promise<void> {
  const { system, home, http, options } = context;
  const folder = ownFolderPath(system.env, home);
  // The credentials first: while the token exists, another logout finds what this one leaves when it is interrupted.
  await forgetCredentials(choice, store, context);
  await singleFlight(
    {
      lock: fileLock(system, folder, store.sharedName ?? name, http.trace),
      found: async () => undefined,
      renew: () => store.removeToken(),
      timeout: renewalTimeout,
      doing: `renews the sign-in to ${name}`,
      prompt: promptOf(options),
      // A process that takes longer than a renewal logs in: its token is another one. A token that appears right after
      // the removal comes from a renewal after all.
      timedOut: async () => {
        await store.removeToken();
        if ((await store.readToken()) !== undefined) await store.removeToken();
      },
    },
    { system, trace: http.trace },
  );
  // Once more, for what other processes acquired with the token meanwhile.
  await forgetCredentials(choice, store, context);
}

async function forgetCredentials(
  choice: PortalChoice,
  store: TokenStore,
  { system, home, forgetCredentials: forget }: LogoutContext,
): Promise<void> {
  const folder = ownFolderPath(system.env, home);
  if (folder !== undefined && store.sharedName !== undefined) {
    await forget(folder, store.sharedName);
    await removeListing(system, folder, store.sharedName);
  }
  // A sign-in whose token is stored nowhere has its listing under the start URL.
  if (folder !== undefined && choice.startUrl) await removeListing(system, folder, choice.startUrl);
  if (choice.kind === "cli" && home !== undefined) await forgetCliCredentials(system, home);
}

/**
 * The Failure for a token that is deleted and was not revoked: who has a copy may use it, and another logout finds no
 * token to revoke. `now` in milliseconds.
 */
function deletedOnly(name: string, token: StoredToken, cause: Failure, now: number): Failure {
  const life =
    tokenState(token, now) === "expired"
      ? `ended at ${shownEnd(token)}`
      : `may be good until ${shownEnd(token)}`;
  const attempt = `cannot revoke the token of ${name}, which is deleted here and ${life}`;
  return new Failure("failed", `${attempt}: ${cause.message}`, {
    hints: [
      "to be sure, have the session ended in the console of IAM Identity Center: Users, the user, Active sessions",
    ],
    cause,
    serviceError: cause.serviceError,
  });
}
