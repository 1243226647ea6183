/** The portals whose accounts and roles are candidates, and whether each has a sign-in. */
import { Failure } from "../lib/errors.ts";
import { portalKey } from "../lib/portal-key.ts";
import { openTokenLocation } from "../sso/open-token-location.ts";
import { promptOf } from "../sso/portal.ts";
import { canRefresh, tokenState } from "../sso/token-lifetime.ts";
import { type NamedPortal, portalOfRequest, portalsOfFiles } from "./named-portals.ts";
import type { TargetRun } from "./target-run.ts";

export interface KnownPortal extends NamedPortal {
  readonly startUrl: string | undefined;
  readonly ssoSession: string | undefined;
  /** Whether a stored or given token serves, refreshed if need be. */
  readonly signIn: "usable" | "needed";
  /** What its listing is cached under; undefined for a token that an option gives. */
  readonly listingName: string | undefined;
}

/**
 * The one portal that the options name. Else every portal of the own cache, of an `[sso-session]` and of a legacy
 * profile, each once: of two ways to one portal the one that has a sign-in. Sends nothing. Throws a Failure for a portal
 * of the options; one of a file that cannot be used is left out with a warning.
 */
export async function knownPortals(run: TargetRun): Promise<readonly KnownPortal[]> {
  const named = portalOfRequest(run);
  if (named !== undefined) return [await knownPortal(named, run)];
  const found = new Map<string, KnownPortal>();
  const warn = (why: Failure) => run.context.system.stderr(`aws-login: warning: ${why.message}`);
  for (const portal of await portalsOfFiles(run, warn)) {
    try {
      const known = await knownPortal(portal, run);
      const key = portalKey(known.startUrl ?? "");
      const before = found.get(key);
      if (before === undefined || (before.signIn === "needed" && known.signIn === "usable"))
        found.set(key, known);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      warn(error);
    }
  }
  return [...found.values()];
}

async function knownPortal(portal: NamedPortal, { context, request }: TargetRun): Promise<KnownPortal> {
  const { choice } = portal;
  // Reading the token now would consume stdin, from which it may come.
  if (choice.kind === "token" || choice.kind === "file")
    return {
      ...portal,
      startUrl: choice.startUrl,
      ssoSession: undefined,
      signIn: "usable",
      listingName: undefined,
    };
  const { system, home, options } = context;
  const { store, startUrl } = await openTokenLocation(choice, {
    system,
    home,
    nrt: options.nrt,
    prompt: promptOf(options),
  });
  const token = await store.readToken();
  const now = system.now();
  const serves =
    token !== undefined &&
    (tokenState(token, now) !== "expired" || (request.refresh !== "off" && canRefresh(token, now)));
  return {
    ...portal,
    startUrl,
    ssoSession: choice.kind === "cli" ? choice.sessionName : undefined,
    signIn: serves ? "usable" : "needed",
    listingName: store.sharedName ?? startUrl,
  };
}
