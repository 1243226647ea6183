/** The sign-ins of this user's portals, as they are stored. */
import { Failure } from "../lib/errors.ts";
import { openTokenLocation } from "../sso/open-token-location.ts";
import { promptOf } from "../sso/portal.ts";
import { canRefresh, tokenEnd } from "../sso/token-lifetime.ts";
import { portalsOfFiles } from "./named-portals.ts";
import type { TargetRun } from "./target-run.ts";

export interface StoredSignIn {
  /** The option that names it, as a person types it. */
  readonly shown: string;
  /** Milliseconds since the epoch; undefined where the stored text is no time. */
  readonly expires: number | undefined;
  /** Whether it can be renewed without a person. */
  readonly refreshable: boolean;
}

/** Sends nothing. A sign-in that cannot be read is left out with a warning. */
export async function storedSignIns(run: TargetRun): Promise<readonly StoredSignIn[]> {
  const { system, home, options } = run.context;
  const warn = (why: Failure) => system.stderr(`aws-login: warning: ${why.message}`);
  const found: StoredSignIn[] = [];
  for (const { choice, shown } of await portalsOfFiles(run, warn)) {
    try {
      const { store } = await openTokenLocation(choice, {
        system,
        home,
        nrt: options.nrt,
        prompt: promptOf(options),
      });
      const token = await store.readToken();
      if (token === undefined) continue;
      found.push({ shown, expires: tokenEnd(token), refreshable: canRefresh(token, system.now()) });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      warn(error);
    }
  }
  return found;
}
